package dev.busbar.config;

/** What becomes of a message whose attempts are used up. */
public enum FailureAction {
    /** It is published to the dead-letter exchange. */
    DEAD_LETTER,
    /** It is set aside in a queue of its own, for someone to look at. */
    PARK,
    /** It is gone, and counted. */
    DROP
}
