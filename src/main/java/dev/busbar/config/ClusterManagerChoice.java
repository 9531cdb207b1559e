package dev.busbar.config;

/** What keeps the nodes together. */
public enum ClusterManagerChoice {
    HAZELCAST,
    INFINISPAN
}
