package dev.busbar.config;

import java.time.Duration;

/** Subscriptions made at run time. */
@ConfigSection(
        title = "Subscriptions",
        intro =
                "Made at run time, by Java code with a `MessageQueue` and by browsers. All of a node share one transient"
                        + " queue, bound to the top-level `exchange` once for each distinct filter.")
public record SubscriptionsConfig(
        @ConfigKey(
                range = "0s to 24h",
                byDefault = "5s",
                doc =
                        "How long a filter stays bound after its last listener has gone, so that one who comes back soon misses"
                                + " nothing that is replayed.")
        Duration grace,

        @ConfigKey(
                range = "1 to 65535",
                byDefault = "1000",
                doc =
                        "How many deliveries of the node's queue may be unsettled at a time; they are settled when handed over.")
        int prefetch,

        @ConfigKey(doc = "What may wait for each event loop.")
        HandOverConfig handOver,

        @ConfigKey(doc = "What is kept for those who come late.")
        ReplayConfig replay,

        @ConfigKey(doc = "What may wait for each consumer of a `MessageQueue` that is not persistent.")
        ConsumersConfig consumers,

        @ConfigKey(doc = "The consumers of a `MessageQueue` that have a name and a queue of their own.")
        PersistentConfig persistent,

        @ConfigKey(doc = "What is produced at run time.") ProducingConfig producing,

        @ConfigKey(doc = "The message queue on the event bus.")
        ControlConfig control) {

    public SubscriptionsConfig {
        RecordSection.check(
                SubscriptionsConfig.class,
                grace,
                prefetch,
                handOver,
                replay,
                consumers,
                persistent,
                producing,
                control);
    }

    /** Every default. */
    public static SubscriptionsConfig defaults() {
        return RecordSection.defaults(SubscriptionsConfig.class);
    }
}
