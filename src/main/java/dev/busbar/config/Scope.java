package dev.busbar.config;

/** Who in a cluster gets a message of an inbound route. */
public enum Scope {
    /** One node of all. */
    COMPETING,
    /** Every node, once each. */
    PER_NODE,
    /** The one active node; the others stand by. */
    SINGLETON
}
