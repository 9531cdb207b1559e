package dev.busbar.broker;

import dev.busbar.config.QueueType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Holds the arguments a queue is declared with on RabbitMQ. Where the configuration leaves something open, the broker
 * decides: the virtual host decides the type of a queue, and RabbitMQ 4 how often a message of a quorum queue may come
 * back before it is dropped. Arguments are added so that neither happens. A queue that exists may have been declared
 * without them.
 *
 * @param configured arguments that the queue has to have
 * @param added arguments that are declared with a new queue and may be missing on an existing one
 */
public record RabbitMqArguments(Map<String, Object> configured, Map<String, Object> added) {

    /** Names the argument that says where reading a stream begins: an argument of the consumer, not of the queue. */
    public static final String STREAM_OFFSET = "x-stream-offset";

    private static final String QUEUE_TYPE = "x-queue-type";
    private static final String DELIVERY_LIMIT = "x-delivery-limit";
    private static final int UNLIMITED_DELIVERIES = -1;

    /** Known to Broker-J too. */
    private static final String SINGLE_ACTIVE_CONSUMER = "x-single-active-consumer";

    public RabbitMqArguments {
        configured = Map.copyOf(configured);
        added = Map.copyOf(added);
    }

    /** Returns the configured arguments of a topology's queue, with none added. */
    public static RabbitMqArguments plain(Topology topology) {
        var queue = topology.queue();
        var arguments = new HashMap<>(queue.arguments());
        arguments.remove(STREAM_OFFSET);
        if (queue.type() != QueueType.CLASSIC) {
            arguments.put(QUEUE_TYPE, queue.type().name().toLowerCase(Locale.ROOT));
        }
        if (topology.singleActive()) {
            arguments.put(SINGLE_ACTIVE_CONSUMER, true);
        }
        return new RabbitMqArguments(arguments, Map.of());
    }

    /**
     * Returns the arguments of a topology's queue on a RabbitMQ.
     *
     * @param limitsDeliveries whether the release limits redeliveries unless told otherwise, as all do from 4.0 on; to
     *     earlier ones {@code -1} means to drop a message at its first redelivery
     */
    public static RabbitMqArguments of(Topology topology, boolean limitsDeliveries) {
        var plain = plain(topology);
        return switch (topology.queue().type()) {
            case CLASSIC -> new RabbitMqArguments(plain.configured, Map.of(QUEUE_TYPE, "classic"));
            case QUORUM ->
                limitsDeliveries && !plain.configured.containsKey(DELIVERY_LIMIT)
                        ? new RabbitMqArguments(plain.configured, Map.of(DELIVERY_LIMIT, UNLIMITED_DELIVERIES))
                        : plain;
            case STREAM -> plain;
        };
    }

    /** Returns whether a broker has refused a declaration because of the added arguments only. */
    public boolean additionIsRefused(Throwable refusal) {
        return refusal instanceof BrokerException known
                && known.kind() == BrokerException.Kind.MISMATCH
                && added.keySet().stream().anyMatch(name -> known.getMessage().contains("'" + name + "'"));
    }

    /** Returns the configured and the added arguments together. */
    public Map<String, Object> all() {
        var all = new HashMap<>(configured);
        all.putAll(added);
        return all;
    }
}
