package dev.busbar.config;

import java.time.Duration;

/** Pauses that double from {@code initial} up to {@code max}, both in whole milliseconds. */
@ConfigSection(title = "Back-off", intro = "Pauses between attempts, with jitter.")
public record Backoff(
        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "100ms",
                doc = "The first pause; every further one is twice as long.")
        Duration initial,

        @ConfigKey(range = "1ms to 24h", byDefault = "30s", doc = "The longest pause.")
        Duration max) {

    public Backoff {
        RecordSection.check(Backoff.class, initial, max);
        refuseDescending(initial, max);
    }

    static void refuseDescending(Duration initial, Duration max) {
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
