package dev.busbar.broker;

import dev.busbar.config.QueueType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The arguments a queue is declared with on RabbitMQ. What the configuration leaves open, the broker decides: the
 * virtual host of what type a queue is, and RabbitMQ 4 how often a message of a quorum queue may come back before it is
 * dropped. So that neither happens, arguments are added; a queue that exists may have been declared without them.
 *
 * @param configured arguments that the queue has to have
 * @param added arguments that are declared with a new queue and may be missing on one that exists
 */
public record RabbitMqArguments(Map<String, Object> configured, Map<String, Object> added) {

    /** Where reading a stream begins; an argument of the consumer, not of the queue. */
    public static final String STREAM_OFFSET = "x-stream-offset";

    private static final String TYPE = "x-queue-type";
    private static final String DELIVERY_LIMIT = "x-delivery-limit";
    private static final int UNLIMITED = -1;

    /** Broker-J knows it too. */
    private static final String SINGLE_ACTIVE = "x-single-active-consumer";

    public RabbitMqArguments {
        configured = Map.copyOf(configured);
        added = Map.copyOf(added);
    }

    /** The arguments of a topology's queue, with none added. */
    public static RabbitMqArguments plain(Topology topology) {
        var queue = topology.queue();
        var arguments = new HashMap<>(queue.arguments());
        arguments.remove(STREAM_OFFSET);
        if (queue.type() != QueueType.CLASSIC) {
            arguments.put(TYPE, queue.type().name().toLowerCase(Locale.ROOT));
        }
        if (topology.singleActive()) {
            arguments.put(SINGLE_ACTIVE, true);
        }
        return new RabbitMqArguments(arguments, Map.of());
    }

    /**
     * The arguments of a topology's queue on a RabbitMQ.
     *
     * @param limitsDeliveries whether the release limits redeliveries unless told otherwise, as all do from 4.0 on; to
     *     earlier ones {@code -1} means to drop a message at its first redelivery
     */
    public static RabbitMqArguments of(Topology topology, boolean limitsDeliveries) {
        var plain = plain(topology);
        return switch (topology.queue().type()) {
            case CLASSIC -> new RabbitMqArguments(plain.configured, Map.of(TYPE, "classic"));
            case QUORUM ->
                limitsDeliveries && !plain.configured.containsKey(DELIVERY_LIMIT)
                        ? new RabbitMqArguments(plain.configured, Map.of(DELIVERY_LIMIT, UNLIMITED))
                        : plain;
            case STREAM -> plain;
        };
    }

    /** Whether a broker has refused a declaration for the sake of what is added, and not of anything else. */
    public boolean additionIsRefused(Throwable refusal) {
        return refusal instanceof BrokerException known
                && known.kind() == BrokerException.Kind.MISMATCH
                && added.keySet().stream().anyMatch(name -> known.getMessage().contains("'" + name + "'"));
    }

    /** Those configured and those added. */
    public Map<String, Object> all() {
        var all = new HashMap<>(configured);
        all.putAll(added);
        return all;
    }
}
