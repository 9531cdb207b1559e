package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/** Longer than between the tries of a message: all who lose a broker lose it in one instant. */
final class ReconnectSection {

    static final Key<Duration> INITIAL = Key.of(
            "initial",
            BackoffSection.PAUSE,
            Duration.ofMillis(500),
            "The first pause; every further one is twice as long.");
    static final Key<Duration> MAX = BackoffSection.MAX;

    static final Section<Backoff> TYPE = new Section<>(
            "Reconnecting",
            "Pauses between attempts, with jitter, so that many who have lost their broker do not return in step.",
            List.of(INITIAL.from(Backoff::initial), MAX.from(Backoff::max)),
            it -> new Backoff(it.get(INITIAL), it.get(MAX)));

    static final Backoff DEFAULT = new Backoff(INITIAL.fallback(), MAX.fallback());

    private ReconnectSection() {}
}
