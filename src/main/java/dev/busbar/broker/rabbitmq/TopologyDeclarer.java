package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Declares exchanges, queues and bindings. To declare what exists alike changes nothing. */
final class TopologyDeclarer {

    private static final int MAX_BINDINGS_PER_BATCH = 256;

    private final EventLoopRabbitMQClient client;
    private final QueueDeclarer queues;

    /**
     * Makes a declarer for one client.
     *
     * @param client declares everything on its channels, again on each
     */
    TopologyDeclarer(EventLoopRabbitMQClient client) {
        this.client = client;
        this.queues = new QueueDeclarer(client);
    }

    Future<Void> declareAll(List<Topology> topologies) {
        var done = Future.<Void>succeededFuture();
        for (var topology : topologies) {
            done = done.compose(
                    ignored -> declareOne(topology, topology::filters).mapEmpty());
        }
        return done.onSuccess(ignored -> queues.done());
    }

    /**
     * Declares one topology.
     *
     * @param filters to bind instead of the topology's, asked for once there is a queue
     * @return the name of the queue; {@code null} if the topology has none
     */
    Future<String> declare(Topology topology, Supplier<List<TopicFilter>> filters) {
        return declareOne(topology, filters).onSuccess(ignored -> queues.done());
    }

    private Future<String> declareOne(Topology topology, Supplier<List<TopicFilter>> filters) {
        return topology.others()
                ? queues.look(topology).recover(failure -> Future.failedFuture(topology.queueExplained(failure)))
                : make(topology, filters);
    }

    private Future<String> make(Topology topology, Supplier<List<TopicFilter>> filters) {
        return exchange(client, topology.exchange())
                .recover(failure -> Future.failedFuture(topology.exchangeExplained(failure)))
                .compose(ignored -> topology.queue() == null ? Future.succeededFuture() : queues.declare(topology))
                .compose(queue -> bind(client, queue, topology, filters.get())
                        .recover(failure -> Future.failedFuture(topology.exchangeExplained(failure)))
                        .map(queue));
    }

    static Future<Void> exchange(EventLoopRabbitMQClient client, ExchangeConfig exchange) {
        if (exchange.isAwaited()) {
            return client.call(
                            "looking for exchange '" + exchange.name() + "'",
                            channel -> channel.exchangeDeclarePassive(exchange.name()))
                    .mapEmpty();
        } else if (!exchange.isDeclared()) {
            return Future.succeededFuture();
        }
        return client.call(
                        "declaring exchange '" + exchange.name() + "'",
                        channel -> channel.exchangeDeclare(
                                exchange.name(),
                                exchange.type(),
                                exchange.durable(),
                                exchange.autoDelete(),
                                exchange.internal(),
                                exchange.arguments()))
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(explained(
                        failure,
                        "wanted: exchange '" + exchange.name() + "', type " + exchange.type() + ", "
                                + (exchange.durable() ? "durable" : "not durable")
                                + (exchange.autoDelete() ? ", auto-delete" : "")
                                + (exchange.internal() ? ", internal" : ""))));
    }

    /** Binds the filters in batches. The bindings of a batch are sent without waiting for one another. */
    static Future<Void> bind(
            EventLoopRabbitMQClient client, String queue, Topology topology, List<TopicFilter> filters) {
        if (filters.isEmpty()) {
            return Future.succeededFuture();
        }
        var exchange = topology.exchange().name();
        var arguments = topology.bindingArguments();
        var batch = filters.subList(0, Math.min(MAX_BINDINGS_PER_BATCH, filters.size()));
        var answers = client.callAll(
                batch.stream()
                        .map(filter -> RabbitMqBindings.bind(queue, exchange, filter.toString(), arguments))
                        .toList(),
                i -> new BindingChange(batch.get(i), true).doing(queue, exchange));
        return Future.all(answers)
                .compose(ignored -> bind(client, queue, topology, filters.subList(batch.size(), filters.size())));
    }

    /** Returns a mismatch together with what was wanted, and any other failure as it is. */
    static Throwable explained(Throwable failure, String wanted) {
        return failure instanceof BrokerException known && known.kind() == BrokerException.Kind.MISMATCH
                ? new BrokerException(known.kind(), known.getMessage() + ". " + wanted, known)
                : failure;
    }
}
