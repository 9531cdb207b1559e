package dev.busbar.config;

/** The cluster manager, which keeps the nodes together. */
public enum ClusterManagerChoice {
    HAZELCAST,
    INFINISPAN
}
