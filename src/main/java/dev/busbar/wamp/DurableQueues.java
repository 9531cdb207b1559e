package dev.busbar.wamp;

import dev.busbar.broker.Topology;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ParkingConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.WampLimits;
import dev.busbar.hub.FormerQueues;
import dev.busbar.hub.Hub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@link DurableQueue durable queues} of Buildbot masters that this node has consumed; at the broker the queues
 * outlive the node. May be called from any thread.
 */
final class DurableQueues {

    private static final int MAX_QUEUE_NAME_LENGTH = 255;
    /** How many durable queues a node remembers; a subscription beyond these gets none. */
    private static final int MAX_DURABLE_QUEUES = 10_000;

    private static final int MAX_PREFETCH_MESSAGES = 100;

    private final Hub hub;
    private final ParkingConfig config;
    private final Map<String, Object> arguments;
    private final int prefetch;
    private final Runnable onDropped;
    private final Map<String, DurableQueue> queues = new ConcurrentHashMap<>();

    /**
     * @param arguments the arguments of the queues, see {@link QueueBoundsCheck}
     * @param onDropped called on the hub's event loop for each message that could not be decoded
     */
    DurableQueues(Hub hub, BusbarConfig whole, Map<String, Object> arguments, Runnable onDropped) {
        this.hub = hub;
        this.arguments = arguments;
        this.onDropped = onDropped;
        config = whole.wamp().parking();
        prefetch = prefetch(whole.wamp().limits());
    }

    /** Returns how many of the longest permitted messages fit into what may wait for a client. */
    private static int prefetch(WampLimits limits) {
        return (int) Math.max(1, Math.min(MAX_PREFETCH_MESSAGES, limits.queueBytes() / limits.messageBytes()));
    }

    /** Whether queues stay when their master has stopped cleanly or has unsubscribed. */
    boolean stayAfterStop() {
        return config.afterStop();
    }

    private boolean isDurable(TopicMatch topicMatch) {
        return config.filters().contains(topicMatch.filter())
                && topicMatch.keyPrefix().isEmpty();
    }

    /**
     * Finds the durable queue of a subscription.
     *
     * @param master the master's id, or {@code null} if the client has not introduced itself as a master
     * @param number the number of the subscription among those of its session with the same match and topic, from 1
     * @return {@code null} if the subscription has no durable queue
     */
    DurableQueue find(String master, String match, TopicMatch topicMatch, int number) {
        if (master == null || !isDurable(topicMatch)) {
            return null;
        }
        var former = "busbar.wamp." + master + "." + match + "." + topicMatch.filter() + "." + number;
        // Another Buildbot may have a master of the same id on another exchange.
        var name = former + "@" + hub.config().exchange().name();
        if (name.length() > MAX_QUEUE_NAME_LENGTH || queues.size() >= MAX_DURABLE_QUEUES && !queues.containsKey(name)) {
            return null;
        }
        FormerQueues.report(hub, former, name);
        return queues.computeIfAbsent(name, it -> new DurableQueue(hub, topology(it, topicMatch), prefetch, onDropped));
    }

    private Topology topology(String name, TopicMatch topicMatch) {
        var queue = new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, arguments);
        return new Topology(hub.config().exchange(), queue, List.of(topicMatch.filter()), true);
    }
}
