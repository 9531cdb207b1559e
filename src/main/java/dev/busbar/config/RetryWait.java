package dev.busbar.config;

/** Where a message waits for its next attempt. */
public enum RetryWait {
    /** In Busbar, unsettled: the message holds one place of the prefetch. */
    MEMORY,
    /** In the broker, which keeps the message even if Busbar ends. */
    BROKER
}
