package dev.busbar.config;

/** Whether the event bus spans several nodes. */
public record ClusterConfig(boolean enabled) {}
