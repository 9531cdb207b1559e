package dev.busbar.config;

import java.util.List;

final class ConsumersSection {

    static final Key<Integer> MESSAGES =
            Key.of("messages", Types.integer(1, 10_000_000), 10_000, "How many may wait at most.");
    static final Key<Long> BYTES = Key.of(
            "bytes",
            Sizes.between(1, 1L << 40),
            16L << 20,
            "How many bytes their encoded bodies and headers may have at most.");

    static final Section<ConsumersConfig> TYPE = new Section<>(
            "Consumers",
            "Messages wait here while the handler is busy with the one before. When there is no more room the oldest is"
                    + " dropped and counted.",
            List.of(MESSAGES.from(ConsumersConfig::messages), BYTES.from(ConsumersConfig::bytes)),
            it -> new ConsumersConfig(it.get(MESSAGES), it.get(BYTES)));

    static final ConsumersConfig DEFAULT = new ConsumersConfig(MESSAGES.fallback(), BYTES.fallback());

    private ConsumersSection() {}
}
