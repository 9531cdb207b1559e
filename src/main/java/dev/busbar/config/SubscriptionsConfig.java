package dev.busbar.config;

import java.time.Duration;

/** Subscriptions made at run time. */
@ConfigSection(
        title = "Subscriptions",
        intro = "Java code with a `MessageQueue` and browsers subscribe at run time. All subscriptions of"
                + " a node share one transient queue, which is bound to the top-level `exchange` once for each"
                + " distinct filter.")
public record SubscriptionsConfig(
        @ConfigKey(
                range = "0s to 24h",
                byDefault = "5s",
                doc = "How long a filter stays bound after its last listener has gone, so that a listener who"
                        + " soon returns misses nothing that is replayed.")
        Duration grace,

        @ConfigKey(
                range = "1 to 65535",
                byDefault = "1000",
                doc = "How many deliveries of the node's queue may be unsettled at a time; a delivery is"
                        + " settled when it is handed over.")
        int prefetch,

        @ConfigKey(doc = "How many messages may wait for each event loop.")
        HandOverConfig handOver,

        @ConfigKey(doc = "The messages that are kept for later listeners.")
        ReplayConfig replay,

        @ConfigKey(doc = "How many messages may wait for each consumer of a `MessageQueue` that is not persistent.")
        ConsumersConfig consumers,

        @ConfigKey(doc = "The consumers of a `MessageQueue` that have a name and a queue of their own.")
        PersistentConfig persistent,

        @ConfigKey(doc = "Messages that are produced at run time.")
        ProducingConfig producing,

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
