package dev.busbar.broker;

/** Whether the broker has our consumer. */
public sealed interface SubscriptionState {

    /** The broker has confirmed the consumer, and it has not ended since. */
    record Active() implements SubscriptionState {}

    /**
     * There is no consumer at present; it is being brought back.
     *
     * @param cause why, in words for a person
     */
    record Recovering(String cause) implements SubscriptionState {}

    /** Stopped on request. */
    record Stopped() implements SubscriptionState {}
}
