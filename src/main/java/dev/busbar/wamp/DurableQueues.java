package dev.busbar.wamp;

import dev.busbar.broker.Topology;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ParkingConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.WampLimits;
import dev.busbar.hub.Hub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link DurableQueue places} of masters, for as long as this node runs; their queues live on. From any thread. */
final class DurableQueues {

    private static final int LONGEST_NAME = 255;
    /** What a node remembers of masters that have gone; one of those above it has no place. */
    private static final int MOST_PLACES = 10_000;
    /** What a place takes from its queue before any of it is settled. */
    private static final int MOST_AT_ONCE = 100;

    private final Hub hub;
    private final ParkingConfig config;
    private final Map<String, Object> arguments;
    private final int prefetch;
    private final Runnable dropped;
    private final Map<String, DurableQueue> places = new ConcurrentHashMap<>();

    /**
     * @param arguments of queues, see {@link QueueBoundsCheck}
     * @param dropped told of each message that could not be read, on the hub's event loop
     */
    DurableQueues(Hub hub, BusbarConfig whole, Map<String, Object> arguments, Runnable dropped) {
        this.hub = hub;
        this.arguments = arguments;
        this.dropped = dropped;
        config = whole.wamp().parking();
        prefetch = prefetch(whole.wamp().limits());
    }

    /** So many that they fit into what may wait for a client, even if each is as long as a client's may be. */
    private static int prefetch(WampLimits limits) {
        return (int) Math.max(1, Math.min(MOST_AT_ONCE, limits.queueBytes() / limits.messageBytes()));
    }

    boolean staysAfterStop() {
        return config.afterStop();
    }

    private boolean isFor(Interest interest) {
        return config.filters().contains(interest.filter()) && interest.begins().isEmpty();
    }

    /**
     * @param master its id, or {@code null} if it has not said that it is one
     * @param number of the subscription among those of its session with the same match and topic, from 1
     * @return {@code null} if there is none for it
     */
    DurableQueue place(String master, String match, Interest interest, int number) {
        if (master == null || !isFor(interest)) {
            return null;
        }
        var name = "busbar.wamp." + master + "." + match + "." + interest.filter() + "." + number;
        if (name.length() > LONGEST_NAME || places.size() >= MOST_PLACES && !places.containsKey(name)) {
            return null;
        }
        return places.computeIfAbsent(name, it -> new DurableQueue(hub, topology(it, interest), prefetch, dropped));
    }

    private Topology topology(String name, Interest interest) {
        var queue = new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, arguments);
        return new Topology(hub.config().exchange(), queue, List.of(interest.filter()), true);
    }
}
