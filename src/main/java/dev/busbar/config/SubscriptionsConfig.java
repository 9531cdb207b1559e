package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Subscriptions made at run time.
 *
 * @param grace how long a filter stays bound after its last listener has gone
 * @param prefetch how many deliveries of the node's own queue may be unsettled at a time
 */
public record SubscriptionsConfig(
        Duration grace,
        int prefetch,
        HandOverConfig handOver,
        ReplayConfig replay,
        ConsumersConfig consumers,
        PersistentConfig persistent,
        ProducingConfig producing,
        ControlConfig control) {

    public SubscriptionsConfig {
        SubscriptionsSection.GRACE.check(grace);
        SubscriptionsSection.PREFETCH.check(prefetch);
        requireNonNull(handOver, "handOver");
        requireNonNull(replay, "replay");
        requireNonNull(consumers, "consumers");
        requireNonNull(persistent, "persistent");
        requireNonNull(producing, "producing");
        requireNonNull(control, "control");
    }

    /** Every default. */
    public static SubscriptionsConfig defaults() {
        return SubscriptionsSection.DEFAULT;
    }
}
