package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import dev.busbar.config.ConsumerConfig;
import java.util.function.Supplier;

/**
 * Describes a consumer to start.
 *
 * @param name of the route or subscription, for messages and for the broker's list of consumers
 * @param topology with a queue
 * @param prefetch how many deliveries may be unsettled at once, 1 to 65535
 * @param offset returns where reading a stream begins, called each time it does; {@code null} if the topology says so
 * @param consumer how to consume, which not every broker can
 */
public record SubscriptionSpec(
        String name, Topology topology, int prefetch, Supplier<Object> offset, ConsumerConfig consumer) {

    public SubscriptionSpec(String name, Topology topology, int prefetch, Supplier<Object> offset) {
        this(name, topology, prefetch, offset, ConsumerConfig.PLAIN);
    }

    public SubscriptionSpec(String name, Topology topology, int prefetch) {
        this(name, topology, prefetch, null);
    }

    public SubscriptionSpec {
        requireNonNull(name, "name");
        requireNonNull(topology.queue(), "queue");
        requireNonNull(consumer, "consumer");
        if (prefetch < 1 || prefetch > 65_535) {
            throw new IllegalArgumentException("prefetch must be 1 to 65535, not " + prefetch);
        }
    }

    /** Returns the same with another prefetch. */
    public SubscriptionSpec prefetching(int other) {
        return new SubscriptionSpec(name, topology, other, offset, consumer);
    }

    /** Returns the topology with the stream offset from which to read now. */
    public Topology topologyNow() {
        return offset == null ? topology : topology.readFrom(offset.get());
    }
}
