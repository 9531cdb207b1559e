package dev.busbar.config;

/** What happens to a message after its last attempt. */
public enum FailureAction {
    /** Busbar publishes the message to the dead-letter exchange. */
    DEAD_LETTER,
    /** Busbar puts the message into a separate queue, for someone to look at. */
    PARK,
    /** Busbar deletes and counts the message. */
    DROP,
    /** Busbar rejects the message, and the broker dead-letters it if the queue says so, and else deletes it. */
    REJECT
}
