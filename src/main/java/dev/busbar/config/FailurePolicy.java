package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a message whose handler failed.
 *
 * @param attempts how often it is tried in all, the first time included; at least 1
 * @param retryWait where it waits between them
 */
public record FailurePolicy(int attempts, Backoff backoff, RetryWait retryWait, FailureAction then) {

    public FailurePolicy {
        FailureSection.ATTEMPTS.check(attempts);
        requireNonNull(backoff, "backoff");
        requireNonNull(retryWait, "wait");
        requireNonNull(then, "then");
    }

    /** The pause after that many failures, from 1, without jitter. */
    public Duration pause(int failures) {
        Duration pause = backoff.initial();
        for (int failed = 1; failed < failures && pause.compareTo(backoff.max()) < 0; failed++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(backoff.max()) > 0 ? backoff.max() : pause;
    }

    /** All pauses there may be, each once. */
    public List<Duration> pauses() {
        List<Duration> pauses = new ArrayList<>();
        for (int failed = 1; failed < attempts && !pauses.contains(backoff.max()); failed++) {
            pauses.add(pause(failed));
        }
        return pauses;
    }

    /**
     * How long a message may be in hand until all attempts have failed.
     *
     * @param timeout of each
     */
    Duration longest(Duration timeout) {
        if (retryWait == RetryWait.BROKER) {
            return timeout;
        }
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
