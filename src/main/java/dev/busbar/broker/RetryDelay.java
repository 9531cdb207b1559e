package dev.busbar.broker;

import dev.busbar.config.Backoff;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Computes exponential backoff: the wait doubles up to a maximum, and half of each wait is random, so that many clients
 * that fail together do not return in step.
 */
public final class RetryDelay {

    /**
     * Bounds the work of the interval function, which counts up to the number of failures: a millisecond doubled so
     * often is longer than any delay.
     */
    private static final int MAX_DOUBLINGS = 64;

    private final IntervalFunction intervals;

    public RetryDelay(Backoff backoff) {
        this(backoff.initial(), backoff.max());
    }

    RetryDelay(Duration initial, Duration max) {
        this.intervals = IntervalFunction.ofExponentialBackoff(Duration.ofMillis(initial.toMillis()), 2, max);
    }

    /** Returns the wait after a number of failures in a row, from 1; at least a millisecond. */
    public Duration after(int failures) {
        var whole = intervals.apply(Math.max(1, Math.min(failures, MAX_DOUBLINGS)));
        return Duration.ofMillis(Math.max(1, whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1)));
    }
}
