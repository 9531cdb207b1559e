package dev.busbar.config;

/** Which nodes of a cluster get a message of an inbound route. */
public enum Scope {
    /** Any one node. */
    COMPETING,
    /** Every node, once each. */
    PER_NODE,
    /** The one active node; the others stand by. */
    SINGLETON
}
