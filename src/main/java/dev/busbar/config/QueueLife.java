package dev.busbar.config;

/** How long a queue lives. */
public enum QueueLife {
    /** Exclusive; deleted with the connection. */
    TRANSIENT,
    /** Durable; deleted at a clean stop, kept through a crash. */
    UNTIL_STOP,
    /** Durable; deleted only on request. */
    PERSISTENT
}
