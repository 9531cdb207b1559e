package dev.busbar.broker;

import dev.busbar.config.Backoff;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * Exponential backoff, doubling up to a maximum, half of each interval random so that many who fail together do not
 * return in step.
 */
public final class RetryDelay {

    private static final double JITTER = 0.5;

    private final IntervalFunction intervals;
    private final long maxMillis;

    public RetryDelay(Backoff backoff) {
        this.intervals = IntervalFunction.ofExponentialRandomBackoff(backoff.initial(), 2, JITTER, backoff.max());
        this.maxMillis = backoff.max().toMillis();
    }

    /** The wait after that many failures in a row, from 1; at least a millisecond. */
    public Duration after(int failures) {
        return Duration.ofMillis(Math.max(1, Math.min(intervals.apply(Math.max(1, failures)), maxMillis)));
    }
}
