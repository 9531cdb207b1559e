package dev.busbar.config;

/**
 * What happens to a message whose handler failed.
 *
 * @param attempts how often it is tried in all, the first time included; at least 1
 */
public record FailurePolicy(int attempts, Backoff backoff, FailureAction then) {}
