package dev.busbar.config;

import java.time.Duration;

/** Pauses that double from {@code initial} up to {@code max}, both in whole milliseconds. */
public record Backoff(Duration initial, Duration max) {

    public Backoff {
        BackoffSection.INITIAL.check(initial);
        BackoffSection.MAX.check(max);
        new Findings()
                .unless(
                        max.compareTo(initial) >= 0,
                        "max",
                        Durations.format(max),
                        "is less than initial, " + Durations.format(initial),
                        "Make max at least as long as initial",
                        "initial")
                .raise();
    }
}
