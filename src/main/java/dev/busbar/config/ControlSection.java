package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class ControlSection {

    static final Key<Boolean> ENABLED = Key.of(
            "enabled",
            Types.BOOLEAN,
            false,
            "Whether this node answers there. Whoever can send on the event bus may then produce and consume everything.");
    static final Key<Integer> CONSUMERS = Key.of(
            "consumers",
            Types.integer(1, 1_000_000),
            1_000,
            "How many consumers it may have at a time; more are refused.");
    static final Key<Duration> TIMEOUT = Key.of(
            "timeout",
            Durations.between(Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofSeconds(30),
            "How long the handler at a consumer's address has for its answer to a message.");

    static final Section<ControlConfig> TYPE = new Section<>(
            "Control",
            "The `MessageQueue` on the event bus, at the address `busbar.mq`, for code in whatever language.",
            List.of(
                    ENABLED.from(ControlConfig::enabled),
                    CONSUMERS.from(ControlConfig::consumers),
                    TIMEOUT.from(ControlConfig::timeout)),
            it -> new ControlConfig(it.get(ENABLED), it.get(CONSUMERS), it.get(TIMEOUT)));

    static final ControlConfig DEFAULT =
            new ControlConfig(ENABLED.fallback(), CONSUMERS.fallback(), TIMEOUT.fallback());

    private ControlSection() {}
}
