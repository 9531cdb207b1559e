package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class HandOverSection {

    static final Key<Integer> MESSAGES =
            Key.of("messages", Types.integer(2, 10_000_000), 20_000, "How many may wait at most.");
    static final Key<Long> BYTES = Key.of(
            "bytes",
            Sizes.between(2, 1L << 40),
            64L << 20,
            "How many bytes their encoded bodies and headers may have at most.");
    static final Key<Duration> PATIENCE = Key.of(
            "patience",
            Durations.between(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(1),
            "How long a loop for which half of that waits may hold the others back.");

    static final Section<HandOverConfig> TYPE = new Section<>(
            "Handing over",
            "Messages are read from the broker on one event loop and handed to those that have listeners. When half of"
                    + " what may wait for a loop does, nothing more is settled, and the prefetch makes the broker wait."
                    + " When patience is over the others go on, and of what waits for the loop that does not keep up the"
                    + " oldest is dropped, counted, and its listeners are told that they have missed something.",
            List.of(
                    MESSAGES.from(HandOverConfig::messages),
                    BYTES.from(HandOverConfig::bytes),
                    PATIENCE.from(HandOverConfig::patience)),
            it -> new HandOverConfig(it.get(MESSAGES), it.get(BYTES), it.get(PATIENCE)));

    static final HandOverConfig DEFAULT =
            new HandOverConfig(MESSAGES.fallback(), BYTES.fallback(), PATIENCE.fallback());

    private HandOverSection() {}
}
