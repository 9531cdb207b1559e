package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Existence;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import io.vertx.core.Future;

/**
 * Looks what exists of a topology, and compares it with the topology by declaring it once more, which changes nothing.
 * Belongs to a channel that nobody else uses: the broker closes a channel over what is missing or differs.
 */
final class TopologyInspection {

    private final EventLoopRabbitMQClient client;

    TopologyInspection(EventLoopRabbitMQClient client) {
        this.client = client;
    }

    /** See {@link dev.busbar.broker.BrokerConnection#inspect}. */
    Future<Existence> inspect(Topology topology) {
        var found = topology.queue() == null ? lookForExchange(topology.exchange()) : lookForQueue(topology.queue());
        var inspected = found.compose(ignored ->
                topology.hasToFit() ? compare(topology).map(Existence.FITS) : Future.succeededFuture(Existence.EXISTS));
        return inspected.recover(failure -> failure instanceof BrokerException known && known.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(Existence.MISSING)
                : Future.failedFuture(failure));
    }

    private Future<?> lookForExchange(ExchangeConfig exchange) {
        return client.call(
                "looking for exchange '" + exchange.name() + "'",
                channel -> channel.exchangeDeclarePassive(exchange.name()));
    }

    private Future<?> lookForQueue(QueueConfig queue) {
        return client.call(
                "looking for queue '" + queue.name() + "'", channel -> channel.queueDeclarePassive(queue.name()));
    }

    /** Compares as a start does: a queue once more without the arguments that are only added, if they are refused. */
    private Future<?> compare(Topology topology) {
        if (topology.queue() == null) {
            return TopologyDeclarer.exchange(client, topology.exchange());
        }
        var queues = new QueueDeclarer(client);
        return queues.declare(topology)
                .recover(failure -> failure instanceof RefusedAdditionException
                        ? queues.declare(topology)
                        : Future.failedFuture(failure));
    }
}
