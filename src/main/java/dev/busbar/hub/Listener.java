package dev.busbar.hub;

/** Gets the messages of one filter. */
@FunctionalInterface
public interface Listener {

    /**
     * Called on the context on which {@link Hub#listen} was called, in the order of the broker's queue, never twice at
     * once. It must not block. What it throws is logged and counted, and disturbs no other.
     */
    void received(HubMessage message);

    /**
     * Messages may have been missed between those received before this call and those received after it.
     *
     * @param reason in words for a person
     */
    default void interrupted(String reason) {}
}
