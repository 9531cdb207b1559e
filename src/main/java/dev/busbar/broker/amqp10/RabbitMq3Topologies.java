package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.qpid.proton.amqp.messaging.Source;

/** Provides what of a topology RabbitMQ 3 offers over AMQP 1.0, and says of all else what to do instead. */
final class RabbitMq3Topologies {

    private static final String CANNOT = " does not exist, and RabbitMQ 3 cannot be told over AMQP 1.0 to declare it: ";
    private static final String BY_HAND = "declare it with rabbitmqadmin (";

    private static final String SINGLE_ACTIVE = "x-single-active-consumer";

    private final RabbitMqNodes nodes;
    private final String unnamed;

    /** @param unnamed the name for a queue without a name */
    RabbitMq3Topologies(Peer peer, String unnamed) {
        this.nodes = RabbitMqNodes.of(peer);
        this.unnamed = unnamed;
    }

    /** Fails with {@code NOT_FOUND} if an exchange that is to be declared does not exist. */
    Future<Void> requireExchange(ExchangeConfig exchange) {
        if (!exchange.isDeclared() && !exchange.isAwaited()) {
            return Future.succeededFuture();
        }
        return nodes.exchangeExists(exchange.name(), RabbitMq3Address.exchange(exchange.name()))
                .compose(exists -> exists
                        ? Future.succeededFuture()
                        : refused(
                                Kind.NOT_FOUND,
                                "exchange '" + exchange.name() + "'" + CANNOT
                                        + "start this configuration once with amqp:// in broker.uri, which leaves there"
                                        + " what a persistent queue is bound to, or " + BY_HAND
                                        + "declare exchange name="
                                        + exchange.name() + " type=" + exchange.type() + " durable="
                                        + exchange.durable() + ")"));
    }

    /**
     * Fails if a queue that has a name does not exist. Does not look for the queues that the broker makes for filters.
     */
    Future<Void> requireQueue(Topology topology) {
        var name = topology.queue().name();
        return name == null
                ? Future.succeededFuture()
                : nodes.queueExists(name)
                        .compose(exists -> exists
                                ? Future.succeededFuture()
                                : missing(topology).mapEmpty());
    }

    /** Returns where to consume the topology's queue; takes as it is what exists under its name. */
    Future<ReceiverSources> sources(Topology topology) {
        var queue = topology.queue();
        if (queue.name() == null) {
            return transientQueue(topology);
        }
        if (topology.singleActive() && !Boolean.TRUE.equals(queue.arguments().get(SINGLE_ACTIVE))) {
            return refused(
                    Kind.REFUSED,
                    "queue '" + queue.name() + "' is to have one active consumer, and RabbitMQ 3 cannot be told so over"
                            + " AMQP 1.0, nor asked. Use amqp:// for this route; or declare the queue with "
                            + SINGLE_ACTIVE + ", and say so in the queue's arguments");
        }
        return nodes.queueExists(queue.name()).compose(exists -> {
            if (exists) {
                return Future.succeededFuture(sourcesOf(queue.name(), queue));
            }
            return topology.filters().isEmpty() && isPlain(queue) && !topology.others()
                    ? declareQueue(queue.name(), queue)
                    : missing(topology);
        });
    }

    private Future<ReceiverSources> declareQueue(String name, QueueConfig queue) {
        return nodes.declareQueue(name, queue.durable()).map(ignored -> sourcesOf(name, queue));
    }

    /** Returns where to consume a queue that others declare. */
    Future<ReceiverSources> find(Topology topology) {
        if (topology.isTrusted()) {
            return Future.succeededFuture(sourcesOf(topology.queue().name(), topology.queue()));
        }
        return topology.singleActive()
                ? sources(topology)
                : nodes.queueExists(topology.queue().name())
                        .compose(exists -> exists
                                ? Future.succeededFuture(
                                        sourcesOf(topology.queue().name(), topology.queue()))
                                : missing(topology));
    }

    private static Future<ReceiverSources> missing(Topology topology) {
        var queue = topology.queue();
        var filters = topology.filters().stream().map(TopicFilter::toString).collect(Collectors.joining(", "));
        return refused(
                Kind.NOT_FOUND,
                "queue '" + queue.name() + "'" + CANNOT
                        + (queue.life() == QueueLife.PERSISTENT
                                ? "start this configuration once with amqp:// in broker.uri, which leaves it there, or "
                                : "")
                        + BY_HAND + "declare queue name=" + queue.name() + " durable=" + queue.durable()
                        + (queue.autoDelete() ? " auto_delete=true" : "")
                        + (filters.isEmpty()
                                ? ""
                                : ", and declare binding source="
                                        + topology.exchange().name() + " destination=" + queue.name()
                                        + " routing_key=" + filters)
                        + "), or use amqp:// for this route");
    }

    private static boolean isPlain(QueueConfig queue) {
        return queue.type() == QueueType.CLASSIC
                && queue.arguments().isEmpty()
                && (queue.outlivesConnection() || hasUsualFlags(queue));
    }

    /** Whether a transient queue is one that this connection alone uses, so that it is deleted when it is closed. */
    private static boolean hasUsualFlags(QueueConfig queue) {
        return queue.exclusive() && queue.autoDelete();
    }

    /**
     * Returns where to consume a transient queue, or fails. The queue that the plugin makes for a receiver on an
     * exchange is neither exclusive nor deleted by itself: after the connection it stays, bound, and fills up until the
     * broker restarts. A queue for answers is not bound, and stays empty.
     */
    private Future<ReceiverSources> transientQueue(Topology topology) {
        if (topology.filters().isEmpty()) {
            return declareQueue(unnamed, topology.queue());
        }
        if (!topology.bindingArguments().isEmpty()) {
            return refused(
                    Kind.REFUSED,
                    "a queue cannot be bound with arguments over AMQP 1.0 on RabbitMQ 3, as from.arguments says for"
                            + " exchange '" + topology.exchange().name() + "'. Use amqp:// for this route; or name a"
                            + " queue that exists, bound with them");
        }
        if (!topology.queue().arguments().containsKey("x-expires")) {
            return refused(
                    Kind.REFUSED,
                    "a transient queue cannot be had over AMQP 1.0 on RabbitMQ 3: what it makes instead stays behind,"
                            + " bound to exchange '" + topology.exchange().name() + "', and fills up until the broker"
                            + " restarts. Use amqp:// for this route; or name a queue that exists; or have the broker"
                            + " remove such queues (rabbitmqctl set_policy --apply-to queues leftovers '^amq\\.gen-'"
                            + " '{\"expires\":60000}') and say so with x-expires in the queue's arguments");
        }
        return overlap(topology.filters()) == null
                ? Future.succeededFuture(bound(topology))
                : refused(
                        Kind.REFUSED,
                        "RabbitMQ 3 makes a queue for each filter of a transient route over AMQP 1.0, so that what"
                                + " matches " + overlap(topology.filters()) + " would arrive twice: use filters that do"
                                + " not overlap, a route for each, or amqp://");
    }

    private static ReceiverSources bound(Topology topology) {
        var addresses = topology.filters().stream()
                .map(filter -> RabbitMq3Address.binding(topology.exchange().name(), filter))
                .toList();
        return new ReceiverSources(
                String.join(" ", addresses),
                addresses.stream().map(RabbitMq3Topologies::source).toList(),
                true);
    }

    /** Returns two filters that overlap, {@code null} if none do. */
    private static String overlap(List<TopicFilter> filters) {
        for (var one : filters) {
            for (var other : filters.subList(filters.indexOf(one) + 1, filters.size())) {
                if (one.overlaps(other)) {
                    return "both '" + one + "' and '" + other + "'";
                }
            }
        }
        return null;
    }

    private static ReceiverSources sourcesOf(String name, QueueConfig queue) {
        var source = source(RabbitMq3Address.queue(name));
        var offset = queue.arguments().get(RabbitMqStreams.OFFSET_ARGUMENT);
        if (offset != null) {
            // Not a described type, as AMQP 1.0 would have it: the plugin ignores that.
            source.setFilter(Map.of(RabbitMqStreams.OFFSET_FILTER, RabbitMqStreams.offset(offset)));
        }
        return ReceiverSources.of(name, source);
    }

    private static Source source(String address) {
        var source = new Source();
        source.setAddress(address);
        return source;
    }

    private static <T> Future<T> refused(Kind kind, String message) {
        return Future.failedFuture(new BrokerException(kind, message));
    }
}
