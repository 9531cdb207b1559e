package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Declares exchanges, queues and bindings; declaring what exists alike changes nothing. */
final class TopologyDeclarer {

    /** Where reading a stream begins; an argument of the consumer, not of the queue. */
    static final String STREAM_OFFSET = "x-stream-offset";

    /** Broker-J knows it too. */
    private static final String SINGLE_ACTIVE = "x-single-active-consumer";

    private static final int BATCH = 256;

    private TopologyDeclarer() {}

    static Future<Void> declareAll(EventLoopRabbitMQClient client, List<Topology> topologies) {
        var done = Future.<Void>succeededFuture();
        for (var topology : topologies) {
            done = done.compose(ignored -> declare(client, topology).mapEmpty());
        }
        return done;
    }

    /** @return the name of the queue, {@code null} if the topology has none */
    static Future<String> declare(EventLoopRabbitMQClient client, Topology topology) {
        return declare(client, topology, topology::filters);
    }

    /** @param filters to bind instead of the topology's, asked for once there is a queue */
    static Future<String> declare(
            EventLoopRabbitMQClient client, Topology topology, Supplier<List<TopicFilter>> filters) {
        return exchange(client, topology.exchange())
                .compose(ignored -> topology.queue() == null ? Future.succeededFuture() : queue(client, topology))
                .compose(queue -> bind(client, queue, topology.exchange().name(), filters.get())
                        .map(queue));
    }

    static Future<Void> exchange(EventLoopRabbitMQClient client, ExchangeConfig exchange) {
        if (exchange.name().isEmpty() || exchange.name().startsWith("amq.")) {
            return Future.succeededFuture();
        }
        return client.exchangeDeclare(
                        exchange.name(),
                        exchange.type(),
                        exchange.durable(),
                        false,
                        new JsonObject(new HashMap<>(exchange.arguments())))
                .recover(failure -> explained(
                        failure,
                        "wanted: exchange '" + exchange.name() + "', type " + exchange.type() + ", "
                                + (exchange.durable() ? "durable" : "not durable")));
    }

    private static Future<String> queue(EventLoopRabbitMQClient client, Topology topology) {
        var queue = topology.queue();
        var durable = queue.life() != QueueLife.TRANSIENT;
        var name = queue.name() == null ? "" : queue.name();
        var arguments = arguments(queue, topology.singleActive());
        return client.queueDeclare(name, durable, !durable, !durable, new JsonObject(arguments))
                .map(declared -> declared.getQueue())
                .recover(failure -> explained(
                        failure,
                        "wanted: queue '" + name + "', " + (durable ? "durable" : "exclusive")
                                + (arguments.isEmpty() ? ", no arguments" : ", arguments " + arguments)));
    }

    private static Map<String, Object> arguments(QueueConfig queue, boolean singleActive) {
        var arguments = new HashMap<>(queue.arguments());
        arguments.remove(STREAM_OFFSET);
        if (queue.type() != QueueType.CLASSIC) {
            arguments.put("x-queue-type", queue.type().name().toLowerCase(Locale.ROOT));
        }
        if (singleActive) {
            arguments.put(SINGLE_ACTIVE, true);
        }
        return arguments;
    }

    /** A batch at a time, in which they are sent without waiting for one another. */
    static Future<Void> bind(EventLoopRabbitMQClient client, String queue, String exchange, List<TopicFilter> filters) {
        if (filters.isEmpty()) {
            return Future.succeededFuture();
        }
        var batch = filters.subList(0, Math.min(BATCH, filters.size()));
        var answers = client.callAll(
                batch.stream()
                        .map(filter -> RabbitMqBindings.bind(queue, exchange, filter.toString()))
                        .toList(),
                i -> new BindingChange(batch.get(i), true).doing(queue, exchange));
        return Future.all(answers)
                .compose(ignored -> bind(client, queue, exchange, filters.subList(batch.size(), filters.size())));
    }

    private static <T> Future<T> explained(Throwable failure, String wanted) {
        return Future.failedFuture(
                failure instanceof BrokerException known && known.kind() == BrokerException.Kind.MISMATCH
                        ? new BrokerException(known.kind(), known.getMessage() + ". " + wanted, known)
                        : failure);
    }
}
