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
                        ? new QueueDeclarer(client)
                                .declare(topology)
                                .map(Existence.FITS)
                                .recover(TopologyInspection::withoutAdditions)
                        : Future.succeededFuture(Existence.EXISTS));
    }

    /** Returns that a queue fits if it lacks nothing but what Busbar would have added: it is used as it is. */
    private static Future<Existence> withoutAdditions(Throwable failure) {
        return failure instanceof RefusedAdditionException
                ? Future.succeededFuture(Existence.FITS)
                : Future.failedFuture(failure);
    }
}
