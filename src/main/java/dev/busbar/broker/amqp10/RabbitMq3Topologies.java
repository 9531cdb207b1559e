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

/** What of a topology can be had on a RabbitMQ 3 over AMQP 1.0, and what else to do about the rest. */
final class RabbitMq3Topologies {

    private static final String CANNOT = " does not exist, and RabbitMQ 3 cannot be told over AMQP 1.0 to declare it: ";
    private static final String BY_HAND = "declare it with rabbitmqadmin (";

    private static final String SINGLE_ACTIVE = "x-single-active-consumer";

    private final RabbitMq3Nodes nodes;
    private final String unnamed;

    /** @param unnamed what to call a queue that has no name */
    RabbitMq3Topologies(Peer peer, String unnamed) {
        this.nodes = RabbitMq3Nodes.of(peer);
        this.unnamed = unnamed;
    }

    Future<Void> requireExchange(ExchangeConfig exchange) {
        if (!exchange.isDeclared()) {
            return Future.succeededFuture();
        }
        return nodes.exchangeExists(exchange.name())
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

    /** That the queue is there, if it has a name: the broker's own queues for filters are not asked for. */
    Future<Void> requireQueue(Topology topology) {
        var name = topology.queue().name();
        return name == null
                ? Future.succeededFuture()
                : nodes.queueExists(name)
                        .compose(exists -> exists
                                ? Future.succeededFuture()
                                : absent(topology).mapEmpty());
    }

    /** Where to consume the topology's queue; what exists under its name is taken as it is. */
    Future<Origin> origin(Topology topology) {
        var queue = topology.queue();
        if (queue.name() == null) {
            return fleeting(topology);
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
                return Future.succeededFuture(at(queue.name(), queue));
            }
            return topology.filters().isEmpty() && isPlain(queue) && !topology.others()
                    ? declared(queue.name(), queue)
                    : absent(topology);
        });
    }

    private Future<Origin> declared(String name, QueueConfig queue) {
        return nodes.declareQueue(name, queue.isDurable()).map(ignored -> at(name, queue));
    }

    /** Where to consume a queue that others declare. */
    Future<Origin> look(Topology topology) {
        return topology.singleActive()
                ? origin(topology)
                : nodes.queueExists(topology.queue().name())
                        .compose(exists -> exists
                                ? Future.succeededFuture(at(topology.queue().name(), topology.queue()))
                                : absent(topology));
    }

    private static Future<Origin> absent(Topology topology) {
        var queue = topology.queue();
        var filters = topology.filters().stream().map(TopicFilter::toString).collect(Collectors.joining(", "));
        return refused(
                Kind.NOT_FOUND,
                "queue '" + queue.name() + "'" + CANNOT
                        + (queue.life() == QueueLife.PERSISTENT
                                ? "start this configuration once with amqp:// in broker.uri, which leaves it there, or "
                                : "")
                        + BY_HAND + "declare queue name=" + queue.name() + " durable=" + queue.isDurable()
                        + (filters.isEmpty()
                                ? ""
                                : ", and declare binding source="
                                        + topology.exchange().name() + " destination=" + queue.name()
                                        + " routing_key=" + filters)
                        + "), or use amqp:// for this route");
    }

    private static boolean isPlain(QueueConfig queue) {
        return queue.type() == QueueType.CLASSIC && queue.arguments().isEmpty();
    }

    /**
     * What the plugin makes for a receiver on an exchange is neither exclusive nor deleted by itself: after the
     * connection it stays, bound, and fills up until the broker restarts. A queue for answers is not bound, and stays
     * empty.
     */
    private Future<Origin> fleeting(Topology topology) {
        if (topology.filters().isEmpty()) {
            return declared(unnamed, topology.queue());
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

    private static Origin bound(Topology topology) {
        var addresses = topology.filters().stream()
                .map(filter -> RabbitMq3Address.binding(topology.exchange().name(), filter))
                .toList();
        return new Origin(
                String.join(" ", addresses),
                addresses.stream().map(RabbitMq3Topologies::source).toList());
    }

    /** @return two that overlap, {@code null} if none do */
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

    private static Origin at(String name, QueueConfig queue) {
        var source = source(RabbitMq3Address.queue(name));
        var offset = queue.arguments().get(RabbitMqStreams.OFFSET_ARGUMENT);
        if (offset != null) {
            // Not described, as AMQP 1.0 would have it: the plugin passes that over.
            source.setFilter(Map.of(RabbitMqStreams.OFFSET_FILTER, RabbitMqStreams.offset(offset)));
        }
        return Origin.of(name, source);
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
