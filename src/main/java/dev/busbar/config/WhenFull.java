package dev.busbar.config;

/** What happens to a message that meets a full buffer. */
public enum WhenFull {
    /** It is refused, and its sender told. */
    FAIL,
    /** It is taken, and the oldest waiting ones are dropped and counted. */
    DROP_OLDEST
}
