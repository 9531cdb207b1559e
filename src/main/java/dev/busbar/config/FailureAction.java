package dev.busbar.config;

/** What becomes of a message whose attempts are used up. */
public enum FailureAction {
    /** Published to the dead-letter exchange, then accepted. */
    DEAD_LETTER,
    /** Left unsettled, so that it counts against the prefetch and comes again with the next connection. */
    PARK,
    /** Accepted and counted. */
    DROP
}
