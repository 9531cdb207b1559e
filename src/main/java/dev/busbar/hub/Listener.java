package dev.busbar.hub;

/** Receives the messages of one filter. */
@FunctionalInterface
public interface Listener {

    /**
     * Receives a message. Called on the context on which {@link Hub#listen} was called, in the order of the broker's
     * queue, one message at a time. Must not block. Exceptions are logged and counted, and disturb no other listener.
     */
    void received(HubMessage message);

    /**
     * Receives notice that messages may have been missed between those received before and after this call.
     *
     * @param reason a sentence that may be shown to users
     */
    default void interrupted(String reason) {}
}
