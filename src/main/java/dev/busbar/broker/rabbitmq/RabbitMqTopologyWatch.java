package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.Bindings;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks now and then whether a consumer still gets what it should, because nobody tells it otherwise: an exchange that
 * was deleted and declared again has lost the binding, and some brokers do not say when a queue is deleted. Declaring
 * and binding again changes nothing where all is well; a refusal closes the channel, from which all else follows.
 */
final class RabbitMqTopologyWatch {

    private static final long PERIOD_MILLIS = 10_000;
    private static final long PERIOD_WITHOUT_CANCELLATION_MILLIS = 3_000;

    private final EventLoopRabbitMQClient client;
    private final Topology topology;
    private final Bindings bindings;
    private final Vertx vertx;
    private long timer = -1;
    private boolean looking;

    RabbitMqTopologyWatch(EventLoopRabbitMQClient client, Topology topology, Bindings bindings) {
        this.client = client;
        this.topology = topology;
        this.bindings = bindings;
        this.vertx = client.context().owner();
    }

    /** Watches this queue, and no other any more. On the event loop. */
    void watch(String queue) {
        end();
        var period = client.dialect().announcesCancellation() ? PERIOD_MILLIS : PERIOD_WITHOUT_CANCELLATION_MILLIS;
        // Not all in step: a thousand of them would ask in one instant.
        var first = ThreadLocalRandom.current().nextLong(period) + 1;
        timer = vertx.setPeriodic(first, period, id -> look(queue));
    }

    private void look(String queue) {
        if (looking) {
            return;
        }
        looking = true;
        var exchange = topology.others()
                ? Future.<Void>succeededFuture()
                : TopologyDeclarer.exchange(client, topology.exchange());
        exchange.compose(ignored -> bindings.again(filters ->
                        TopologyDeclarer.bind(client, queue, topology.exchange().name(), filters)))
                .compose(ignored ->
                        client.dialect().announcesCancellation() ? Future.succeededFuture() : requireConsumer(queue))
                .onComplete(ignored -> looking = false);
    }

    /** A queue that another has declared again has no consumer of ours. */
    private Future<Void> requireConsumer(String queue) {
        return client.call("looking after queue '" + queue + "'", channel -> channel.queueDeclarePassive(queue))
                .map(found -> {
                    if (found.getConsumerCount() == 0) {
                        client.renew(new BrokerException(
                                BrokerException.Kind.NOT_FOUND,
                                "the broker has ended the consumer of queue '" + queue + "'"));
                    }
                    return null;
                });
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
