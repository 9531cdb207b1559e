package dev.busbar.broker;

import java.time.Duration;

/**
 * Decides how long to wait before the next attempt, and when to give up: see {@link RetryDelay}.
 *
 * @param initial at least a millisecond
 * @param max at least {@code initial}
 * @param maxAttempts attempts in a row without success, not counting the very first; {@link Integer#MAX_VALUE} never
 *     gives up
 */
public record ReconnectPolicy(Duration initial, Duration max, int maxAttempts) {

    public ReconnectPolicy {
        if (initial.toMillis() < 1 || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "backoff must rise from at least 1ms, not from " + initial + " to " + max);
        }
        if (maxAttempts < 0) {
            throw new IllegalArgumentException("maxAttempts must not be negative, as is " + maxAttempts);
        }
    }

    /** Returns a policy that never gives up. */
    public static ReconnectPolicy forever(Duration initial, Duration max) {
        return new ReconnectPolicy(initial, max, Integer.MAX_VALUE);
    }

    /**
     * Returns whether to try once more.
     *
     * @param attempts made in a row without success, not counting the very first
     */
    boolean allowsAnother(int attempts) {
        return maxAttempts == Integer.MAX_VALUE || attempts < maxAttempts;
    }

    /** Returns the wait after a number of failures in a row, from 1; the loss of a connection counts as one. */
    public Duration delay(int failures) {
        return new RetryDelay(initial, max).after(failures);
    }
}
