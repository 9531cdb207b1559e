package dev.busbar.broker;

import dev.busbar.config.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff, doubling up to a maximum, half of each interval random so that many who fail together do not
 * return in step, at the maximum least of all.
 */
public final class RetryDelay {

    private final long initialMillis;
    private final long maxMillis;

    public RetryDelay(Backoff backoff) {
        this(backoff.initial(), backoff.max());
    }

    RetryDelay(Duration initial, Duration max) {
        this.initialMillis = initial.toMillis();
        this.maxMillis = max.toMillis();
    }

    /** The wait after that many failures in a row, from 1; at least a millisecond. */
    public Duration after(int failures) {
        var whole = interval(Math.max(0, failures - 1));
        return Duration.ofMillis(Math.max(1, whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1)));
    }

    private long interval(int doublings) {
        var fits = doublings < Long.numberOfLeadingZeros(initialMillis) - 1;
        return fits ? Math.min(initialMillis << doublings, maxMillis) : maxMillis;
    }
}
