package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Existence;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
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
        var inspected = topology.queue() == null ? exchange(topology.exchange()) : queue(topology);
        return inspected.recover(failure -> failure instanceof BrokerException known && known.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(Existence.MISSING)
                : Future.failedFuture(failure));
    }

    private Future<Existence> exchange(ExchangeConfig exchange) {
        return client.call(
                        "looking for exchange '" + exchange.name() + "'",
                        channel -> channel.exchangeDeclarePassive(exchange.name()))
                .compose(found -> exchange.isDeclared()
                        ? TopologyDeclarer.exchange(client, exchange).map(Existence.FITS)
                        : Future.succeededFuture(Existence.EXISTS));
    }

    private Future<Existence> queue(Topology topology) {
        var name = topology.queue().name();
        return client.call("looking for queue '" + name + "'", channel -> channel.queueDeclarePassive(name))
                .compose(found -> !topology.others() || topology.isCompared()
                        ? compared(topology)
                        : Future.succeededFuture(Existence.EXISTS));
    }

    /** Compares a queue as a start does: once more without the arguments that are only added, if they are refused. */
    private Future<Existence> compared(Topology topology) {
        var queues = new QueueDeclarer(client);
        return queues.declare(topology)
                .recover(failure -> failure instanceof RefusedAdditionException
                        ? queues.declare(topology)
                        : Future.failedFuture(failure))
                .map(Existence.FITS);
    }
}
