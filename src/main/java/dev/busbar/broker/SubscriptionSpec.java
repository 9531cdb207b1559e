package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

/**
 * What to consume.
 *
 * @param name of the route or subscription, for messages and for the broker's list of consumers
 * @param topology with a queue
 * @param prefetch how many deliveries may be unsettled at once, 1 to 65535
 */
public record SubscriptionSpec(String name, Topology topology, int prefetch) {

    public SubscriptionSpec {
        requireNonNull(name, "name");
        requireNonNull(topology.queue(), "queue");
        if (prefetch < 1 || prefetch > 65_535) {
            throw new IllegalArgumentException("prefetch must be 1 to 65535, not " + prefetch);
        }
    }
}
