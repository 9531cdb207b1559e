package dev.busbar.broker;

/** Tells whether the broker has the subscription's consumer. */
public sealed interface SubscriptionState {

    /** The broker has confirmed the consumer, and it has not ended since. */
    record Active() implements SubscriptionState {}

    /**
     * There is no consumer at present; the connection restores it.
     *
     * @param cause why, for a person
     */
    record Recovering(String cause) implements SubscriptionState {}

    /** The subscription was stopped on request. */
    record Stopped() implements SubscriptionState {}
}
