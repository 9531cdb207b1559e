package dev.busbar.config;

/** What becomes of a message that does not meet the conditions of its route. */
public enum Otherwise {
    /** The message is dropped. */
    ACCEPT,
    /** The message is rejected, and the broker dead-letters it if the queue says so, and else deletes it. */
    REJECT,
    /** The message is passed on to the next route with the same queue, which settles it. */
    NEXT
}
