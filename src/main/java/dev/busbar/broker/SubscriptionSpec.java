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
 * @param startsEarly whether the start also ends when something that others declare is missing, and is looked for again
 *     and again; otherwise whoever starts it may rely on the queue from then on
 */
public record SubscriptionSpec(
        String name,
        Topology topology,
        int prefetch,
        Supplier<Object> offset,
        ConsumerConfig consumer,
        boolean startsEarly) {

    public SubscriptionSpec(
            String name, Topology topology, int prefetch, Supplier<Object> offset, ConsumerConfig consumer) {
        this(name, topology, prefetch, offset, consumer, false);
    }

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
        return new SubscriptionSpec(name, topology, other, offset, consumer, startsEarly);
    }

    /** Returns the same with a start that does not wait for what others have yet to declare. */
    public SubscriptionSpec startingEarly() {
        return new SubscriptionSpec(name, topology, prefetch, offset, consumer, true);
    }

    /** Returns the topology with the stream offset from which to read now. */
    public Topology topologyNow() {
        return offset == null ? topology : topology.readFrom(offset.get());
    }
}
