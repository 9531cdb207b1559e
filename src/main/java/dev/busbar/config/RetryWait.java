package dev.busbar.config;

/** Where a message waits for its next attempt. */
public enum RetryWait {
    /** With Busbar, unsettled: it holds one place of the prefetch. */
    MEMORY,
    /** With the broker, which keeps it whatever becomes of Busbar. */
    BROKER
}
