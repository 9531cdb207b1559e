package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class SubscriptionsSection {

    static final Key<Duration> GRACE = Key.of(
            "grace",
            Durations.between(Duration.ZERO, Duration.ofHours(24)),
            Duration.ofSeconds(5),
            "How long a filter stays bound after its last listener has gone, so that one who comes back soon misses"
                    + " nothing that is replayed.");
    static final Key<Integer> PREFETCH = Key.of(
            "prefetch",
            Types.integer(1, 65_535),
            1_000,
            "How many deliveries of the node's queue may be unsettled at a time; they are settled when handed over.");
    static final Key<HandOverConfig> HAND_OVER =
            Key.of("handOver", HandOverSection.TYPE, HandOverSection.DEFAULT, "What may wait for each event loop.");
    static final Key<ReplayConfig> REPLAY =
            Key.of("replay", ReplaySection.TYPE, ReplaySection.DEFAULT, "What is kept for those who come late.");
    static final Key<ConsumersConfig> CONSUMERS = Key.of(
            "consumers",
            ConsumersSection.TYPE,
            ConsumersSection.DEFAULT,
            "What may wait for each consumer of a `MessageQueue` that is not persistent.");
    static final Key<PersistentConfig> PERSISTENT = Key.of(
            "persistent",
            PersistentSection.TYPE,
            PersistentSection.DEFAULT,
            "The consumers of a `MessageQueue` that have a name and a queue of their own.");
    static final Key<ProducingConfig> PRODUCING =
            Key.of("producing", ProducingSection.TYPE, ProducingSection.DEFAULT, "What is produced at run time.");
    static final Key<ControlConfig> CONTROL =
            Key.of("control", ControlSection.TYPE, ControlSection.DEFAULT, "The message queue on the event bus.");

    static final Section<SubscriptionsConfig> TYPE = new Section<>(
            "Subscriptions",
            "Made at run time, by Java code with a `MessageQueue` and by browsers. All of a node share one transient"
                    + " queue, bound to the top-level `exchange` once for each distinct filter.",
            List.of(
                    GRACE.from(SubscriptionsConfig::grace),
                    PREFETCH.from(SubscriptionsConfig::prefetch),
                    HAND_OVER.from(SubscriptionsConfig::handOver),
                    REPLAY.from(SubscriptionsConfig::replay),
                    CONSUMERS.from(SubscriptionsConfig::consumers),
                    PERSISTENT.from(SubscriptionsConfig::persistent),
                    PRODUCING.from(SubscriptionsConfig::producing),
                    CONTROL.from(SubscriptionsConfig::control)),
            it -> new SubscriptionsConfig(
                    it.get(GRACE),
                    it.get(PREFETCH),
                    it.get(HAND_OVER),
                    it.get(REPLAY),
                    it.get(CONSUMERS),
                    it.get(PERSISTENT),
                    it.get(PRODUCING),
                    it.get(CONTROL)));

    static final SubscriptionsConfig DEFAULT = new SubscriptionsConfig(
            GRACE.fallback(),
            PREFETCH.fallback(),
            HandOverSection.DEFAULT,
            ReplaySection.DEFAULT,
            ConsumersSection.DEFAULT,
            PersistentSection.DEFAULT,
            ProducingSection.DEFAULT,
            ControlSection.DEFAULT);

    private SubscriptionsSection() {}
}
