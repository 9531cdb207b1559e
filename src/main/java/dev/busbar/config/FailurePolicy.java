package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

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

    /**
     * How long a message may be in hand until all attempts have failed.
     *
     * @param timeout of each
     */
    Duration longest(Duration timeout) {
        Duration all = timeout.multipliedBy(attempts);
        Duration pause = backoff.initial();
        for (int failed = 1; failed < attempts; failed++) {
            if (pause.equals(backoff.max())) {
                return all.plus(pause.multipliedBy(attempts - failed));
            }
            all = all.plus(pause);
            pause = pause.compareTo(backoff.max().dividedBy(2)) > 0 ? backoff.max() : pause.multipliedBy(2);
        }
        return all;
    }
}
