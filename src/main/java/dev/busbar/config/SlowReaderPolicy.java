package dev.busbar.config;

/** What happens to messages for a browser that reads too slowly, once its queue is full. */
public enum SlowReaderPolicy {
    /** The messages that have waited longest are dropped. */
    DROP_OLDEST,
    /** A newer message replaces a waiting one with the same routing key; else as {@link #DROP_OLDEST}. */
    LATEST_PER_KEY,
    /** The browser is disconnected. */
    DISCONNECT
}
