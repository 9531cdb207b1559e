package dev.busbar.config;

/** What happens to a message that finds the buffer full. */
public enum WhenFull {
    /** The message is refused, and its sender told. */
    FAIL,
    /** The message is accepted, and the oldest waiting ones are dropped and counted. */
    DROP_OLDEST
}
