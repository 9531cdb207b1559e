package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.Bindings;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Checks now and then whether a consumer still gets the messages it should, because the broker does not always tell: an
 * exchange that was deleted and declared again has lost the binding, and some brokers do not say when a queue is
 * deleted. To declare and bind again changes nothing where all is well. A refusal closes the channel, and the
 * subscription recovers from that.
 */
final class RabbitMqTopologyWatch {

    private static final long CHECK_PERIOD_MILLIS = 10_000;
    private static final long CHECK_PERIOD_WITHOUT_CANCELLATION_MILLIS = 3_000;

    private final EventLoopRabbitMQClient client;
    private final Topology topology;
    private final Bindings bindings;
    private final Vertx vertx;
    private long timer = -1;
    private boolean checking;

    RabbitMqTopologyWatch(EventLoopRabbitMQClient client, Topology topology, Bindings bindings) {
        this.client = client;
        this.topology = topology;
        this.bindings = bindings;
        this.vertx = client.context().owner();
    }

    /** Watches this queue, and no other any more. Called on the event loop. */
    void watch(String queue) {
        end();
        var period = client.dialect().announcesCancellation()
                ? CHECK_PERIOD_MILLIS
                : CHECK_PERIOD_WITHOUT_CANCELLATION_MILLIS;
        // Begins at a random time, or a thousand watches would ask in one instant.
        var first = ThreadLocalRandom.current().nextLong(period) + 1;
        timer = vertx.setPeriodic(first, period, id -> check(queue));
    }

    private void check(String queue) {
        if (checking) {
            return;
        }
        checking = true;
        var exchange = topology.others()
                ? Future.<Void>succeededFuture()
                : TopologyDeclarer.exchange(client, topology.exchange());
        exchange.compose(ignored -> bindings.again(filters -> TopologyDeclarer.bind(client, queue, topology, filters)))
                .compose(ignored ->
                        client.dialect().announcesCancellation() ? Future.succeededFuture() : requireConsumer(queue))
                .onComplete(ignored -> checking = false);
    }

    /** Requires that the queue has a consumer: a queue that somebody has deleted and declared again has none. */
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
