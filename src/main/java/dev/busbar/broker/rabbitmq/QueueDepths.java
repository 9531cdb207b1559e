package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.QueueDepth;
import io.vertx.core.Future;

/**
 * Asks for the depths of queues one at a time, on a channel that nobody else uses, because the broker closes the
 * channel over a queue that does not exist. Confined to the event loop.
 */
final class QueueDepths {

    private final EventLoopRabbitMQClient connection;
    private EventLoopRabbitMQClient channel;
    private Future<?> last = Future.succeededFuture();

    QueueDepths(EventLoopRabbitMQClient connection) {
        this.connection = connection;
    }

    /**
     * Returns the depth of a queue, after the requests made before; see
     * {@link dev.busbar.broker.BrokerConnection#depth}.
     */
    Future<QueueDepth> ask(String queue) {
        var answer = last.transform(ignored -> askNow(queue));
        last = answer;
        return answer;
    }

    private Future<QueueDepth> askNow(String queue) {
        var doing = "counting the messages of queue '" + queue + "'";
        if (!(connection.connectionState() instanceof ConnectionState.Connected)) {
            return Future.failedFuture(
                    new BrokerException(Kind.UNREACHABLE, "there is no connection to the broker, " + doing));
        }
        return open().compose(client -> client.call(doing, amqp -> amqp.queueDeclarePassive(queue)))
                .map(declared -> new QueueDepth(declared.getMessageCount(), declared.getConsumerCount()))
                .recover(failure -> close().transform(ignored -> Future.failedFuture(failure)));
    }

    private Future<EventLoopRabbitMQClient> open() {
        if (channel != null) {
            return Future.succeededFuture(channel);
        }
        var opened = connection.channel();
        channel = opened;
        return opened.start().map(opened);
    }

    /**
     * Closes the channel. The next request opens another at once; this one would be opened again only after a while.
     */
    private Future<Void> close() {
        var closed = channel;
        channel = null;
        return closed == null ? Future.succeededFuture() : closed.stop();
    }
}
