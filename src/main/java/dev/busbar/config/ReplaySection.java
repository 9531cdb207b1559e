package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.List;

final class ReplaySection {

    static final Key<Integer> MESSAGES = Key.of(
            "messages",
            Types.integer(0, 1_000_000),
            100,
            "How many of the last messages are kept for each filter somebody has asked to replay; 0 for none.");
    static final Key<Long> BYTES = Key.of(
            "bytes",
            Sizes.between(0, 1L << 40),
            32L << 20,
            "How many bytes the bodies and headers kept may have, for all filters together; the oldest go first. What"
                    + " has been decoded and encoded of them takes a few times as much.");
    static final Key<List<TopicFilter>> FILTERS = Key.of(
            "filters",
            new ListOf<>(Types.parsed("filter", "builds.*.finished", TopicFilter::parse, it -> {}), true),
            List.of(),
            "Filters kept from the start. For others keeping begins with the first listener that asks for a replay.");

    static final Section<ReplayConfig> TYPE = new Section<>(
            "Replay",
            "A listener can ask for the last messages of its filter. It gets them first and then those that come, with"
                    + " no gap and no duplicate between them.",
            List.of(
                    MESSAGES.from(ReplayConfig::messages),
                    BYTES.from(ReplayConfig::bytes),
                    FILTERS.from(ReplayConfig::filters)),
            it -> new ReplayConfig(it.get(MESSAGES), it.get(BYTES), it.get(FILTERS)));

    static final ReplayConfig DEFAULT = new ReplayConfig(MESSAGES.fallback(), BYTES.fallback(), List.of());

    private ReplaySection() {}
}
