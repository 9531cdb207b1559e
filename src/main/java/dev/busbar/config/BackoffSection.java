package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class BackoffSection {

    static final Type<Duration> PAUSE = Durations.between(Duration.ofMillis(1), Duration.ofHours(24));

    static final Key<Duration> INITIAL =
            Key.of("initial", PAUSE, Duration.ofMillis(100), "The first pause; every further one is twice as long.");
    static final Key<Duration> MAX = Key.of("max", PAUSE, Duration.ofSeconds(30), "The longest pause.");

    static final Section<Backoff> TYPE = new Section<>(
            "Back-off",
            "Pauses between attempts, with jitter.",
            List.of(INITIAL.from(Backoff::initial), MAX.from(Backoff::max)),
            it -> new Backoff(it.get(INITIAL), it.get(MAX)));

    static final Backoff DEFAULT = new Backoff(INITIAL.fallback(), MAX.fallback());

    private BackoffSection() {}
}
