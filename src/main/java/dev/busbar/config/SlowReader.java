package dev.busbar.config;

/** What becomes of messages for a browser that does not read as fast as they come, once its queue is full. */
public enum SlowReader {
    /** Those that have waited longest make room. */
    DROP_OLDEST,
    /** A newer message takes the place of a waiting one with the same routing key; then as {@link #DROP_OLDEST}. */
    LATEST_PER_KEY,
    /** The browser is disconnected. */
    DISCONNECT
}
