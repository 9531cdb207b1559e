package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Vertx;

/**
 * Looks every few seconds whether a consumer's queue is still there, for brokers that say nothing when it is deleted.
 * Asking for one that is gone closes the channel (AMQP 0-9-1, queue.declare passive), from which all else follows.
 */
final class QueueWatch {

    private static final long PERIOD_MILLIS = 3_000;

    private final EventLoopRabbitMQClient client;
    private final Vertx vertx;
    private long timer = -1;

    QueueWatch(EventLoopRabbitMQClient client) {
        this.client = client;
        this.vertx = client.context().owner();
    }

    /** Watches this queue, and no other any more. On the event loop. */
    void watch(String queue) {
        end();
        if (!client.dialect().announcesCancellation()) {
            timer = vertx.setPeriodic(PERIOD_MILLIS, id -> look(queue));
        }
    }

    /** A queue that another has declared again has no consumer of ours. */
    private void look(String queue) {
        client.call("looking after queue '" + queue + "'", channel -> channel.queueDeclarePassive(queue))
                .onSuccess(found -> {
                    if (found.getConsumerCount() == 0) {
                        client.renew(new BrokerException(
                                BrokerException.Kind.NOT_FOUND,
                                "the broker has ended the consumer of queue '" + queue + "'"));
                    }
                });
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
