package dev.busbar.config;

/** How a message is settled that does not meet the conditions of its route. */
public enum Otherwise {
    /** The message is dropped. */
    ACCEPT,
    /** The message is rejected, and the broker dead-letters it if the queue says so, and else deletes it. */
    REJECT
}
