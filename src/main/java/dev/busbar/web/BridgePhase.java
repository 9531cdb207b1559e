package dev.busbar.web;

/** The phase of the bridge's life; only a running bridge is ready. */
public enum BridgePhase {
    /** The bridge connects and declares; not every route works yet. */
    STARTING,
    /** Every route has worked once; from now on readiness follows the routes' own conditions. */
    RUNNING,
    /** The bridge finishes the messages in flight. */
    STOPPING
}
