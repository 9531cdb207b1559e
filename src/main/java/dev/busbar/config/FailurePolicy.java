package dev.busbar.config;

import static java.util.Objects.requireNonNull;

/**
 * What happens to a message whose handler failed.
 *
 * @param attempts how often it is tried in all, the first time included; at least 1
 */
public record FailurePolicy(int attempts, Backoff backoff, FailureAction then) {

    public FailurePolicy {
        FailureSection.ATTEMPTS.check(attempts);
        requireNonNull(backoff, "backoff");
        requireNonNull(then, "then");
    }
}
