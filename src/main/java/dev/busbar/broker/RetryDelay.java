package dev.busbar.broker;

import dev.busbar.config.Backoff;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff, doubling up to a maximum, half of each interval random so that many who fail together do not
 * return in step, at the maximum least of all.
 */
public final class RetryDelay {

    /**
     * Doubled so often, a millisecond is longer than any delay; the function counts up to the number it is asked for.
     */
    private static final int ENOUGH_DOUBLINGS = 64;

    private final IntervalFunction intervals;

    public RetryDelay(Backoff backoff) {
        this(backoff.initial(), backoff.max());
    }

    RetryDelay(Duration initial, Duration max) {
        this.intervals = IntervalFunction.ofExponentialBackoff(Duration.ofMillis(initial.toMillis()), 2, max);
    }

    /** The wait after that many failures in a row, from 1; at least a millisecond. */
    public Duration after(int failures) {
        var whole = intervals.apply(Math.max(1, Math.min(failures, ENOUGH_DOUBLINGS)));
        return Duration.ofMillis(Math.max(1, whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1)));
    }
}
