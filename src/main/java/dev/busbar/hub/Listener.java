package dev.busbar.hub;

/** Receives the messages of one filter. */
@FunctionalInterface
public interface Listener {

    /**
     * Receives a message. Called on the context on which {@link Hub#listen} was called, in the order of the broker's
     * queue, never twice at once. Must not block. Exceptions are logged and counted, and disturb no other listener.
     */
    void received(HubMessage message);

    /**
     * Tells that messages may have been missed between those received before this call and those received after it.
     *
     * @param reason in words for a person
     */
    default void interrupted(String reason) {}
}
