package dev.busbar.config;

import java.util.List;

final class BufferSection {

    static final Key<Integer> MESSAGES =
            Key.of("messages", Types.integer(1, 10_000_000), 10_000, "How many may wait at most.");
    static final Key<Long> BYTES = Key.of(
            "bytes",
            Sizes.between(1, 1L << 40),
            64L << 20,
            "How many bytes their encoded bodies and headers may have at most.");
    static final Key<WhenFull> WHEN_FULL = Key.of(
            "whenFull",
            Types.choice(WhenFull.class),
            WhenFull.FAIL,
            "`fail`: the new message is refused and its sender told; `drop-oldest`: those that have waited longest make"
                    + " room. Both are counted.");

    static final Section<BufferConfig> TYPE = new Section<>(
            "Buffer",
            "Where messages wait, in order, while the broker is away or takes none.",
            List.of(
                    MESSAGES.from(BufferConfig::messages),
                    BYTES.from(BufferConfig::bytes),
                    WHEN_FULL.from(BufferConfig::whenFull)),
            it -> new BufferConfig(it.get(MESSAGES), it.get(BYTES), it.get(WHEN_FULL)));

    static final BufferConfig DEFAULT = new BufferConfig(MESSAGES.fallback(), BYTES.fallback(), WHEN_FULL.fallback());

    private BufferSection() {}
}
