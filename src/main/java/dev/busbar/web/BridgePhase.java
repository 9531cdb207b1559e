package dev.busbar.web;

/** How far the bridge has come; only a running one is ready. */
public enum BridgePhase {
    /** Connecting and declaring; not every route works yet. */
    STARTING,
    /** Every route has worked once; from now on their own state counts. */
    RUNNING,
    /** Finishing what is in flight. */
    STOPPING
}
