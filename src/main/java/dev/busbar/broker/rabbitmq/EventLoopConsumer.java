package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import dev.busbar.broker.RabbitMqArguments;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQConsumer;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.ArrayDeque;

/**
 * Consumes a queue on an event loop. Messages that arrive while the consumer is paused wait here, and none is dropped:
 * the broker sends no more than the prefetch ahead. After a reconnect the messages that still wait are forgotten,
 * because the broker delivers them again.
 *
 * <p>With {@code autoAck} this client acknowledges: when the handler has returned, so that nothing is lost with the
 * connection and the prefetch holds.
 */
final class EventLoopConsumer implements RabbitMQConsumer {

    private final EventLoopRabbitMQClient client;
    private final QueueOptions options;
    private final ArrayDeque<RabbitMQMessage> waiting = new ArrayDeque<>();
    private String queue;
    private volatile String consumerTag = "";
    private Handler<RabbitMQMessage> handler;
    private Handler<Throwable> exceptionHandler;
    private Handler<Void> endHandler;
    private long demand = Long.MAX_VALUE;
    private boolean draining;
    /** Whether messages that the handler has not been given go back to the queue. */
    private boolean givingBack;

    private volatile boolean cancelled;

    EventLoopConsumer(EventLoopRabbitMQClient client, String queue, QueueOptions options) {
        this.client = client;
        this.queue = queue;
        this.options = options;
    }

    QueueOptions options() {
        return options;
    }

    /** Returns the Java client's side of this consumer, called on the event loop for the deliveries of one session. */
    com.rabbitmq.client.Consumer in(ChannelSession session) {
        return new com.rabbitmq.client.Consumer() {
            @Override
            public void handleConsumeOk(String tag) {
                consumerTag = tag;
            }

            @Override
            public void handleCancelOk(String tag) {}

            @Override
            public void handleCancel(String tag) {
                client.context().runOnContext(ignored -> client.consumers().cancelledByBroker(EventLoopConsumer.this));
            }

            @Override
            public void handleShutdownSignal(String tag, com.rabbitmq.client.ShutdownSignalException signal) {}

            @Override
            public void handleRecoverOk(String tag) {}

            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                client.context()
                        .dispatch(
                                ReceivedMessage.of(body, tag, session.received(envelope), properties, null),
                                EventLoopConsumer.this::received);
            }
        };
    }

    private void received(RabbitMQMessage message) {
        if (givingBack) {
            giveBack(message);
        } else if (demand > 0 && handler != null && waiting.isEmpty() && !draining) {
            handOver(message);
        } else {
            waiting.add(message);
        }
    }

    private void handOver(RabbitMQMessage message) {
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        try {
            handler.handle(message);
        } catch (RuntimeException e) {
            if (exceptionHandler == null) {
                throw e;
            }
            exceptionHandler.handle(e);
        } finally {
            if (options.isAutoAck()) {
                client.basicAck(message.envelope().getDeliveryTag(), false);
            }
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (demand > 0 && handler != null && !waiting.isEmpty()) {
                handOver(waiting.poll());
            }
        } finally {
            draining = false;
        }
    }

    /** Forgets the waiting messages, because their channel is lost. */
    void forgetWaiting() {
        waiting.clear();
    }

    /** Hands over no further message: those that wait and those on their way go back to the queue. */
    void giveBackTheRest() {
        givingBack = true;
        while (!waiting.isEmpty()) {
            giveBack(waiting.poll());
        }
    }

    /**
     * Returns a message to its queue; acknowledges it if it is of a stream. A stream takes nothing back, and RabbitMQ 3
     * closes the connection of a client that tries.
     */
    private void giveBack(RabbitMQMessage message) {
        var headers = message.properties().getHeaders();
        var tag = message.envelope().getDeliveryTag();
        if (headers != null && headers.containsKey(RabbitMqArguments.STREAM_OFFSET)) {
            client.basicAck(tag, false);
        } else {
            client.basicNack(tag, false, true);
        }
    }

    /** Ends this consumer: no delivery follows. */
    void ended() {
        cancelled = true;
        waiting.clear();
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }

    void failed(Throwable failure) {
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }

    @Override
    public RabbitMQConsumer exceptionHandler(Handler<Throwable> newHandler) {
        client.onLoop(() -> exceptionHandler = newHandler);
        return this;
    }

    @Override
    public RabbitMQConsumer handler(Handler<RabbitMQMessage> newHandler) {
        client.onLoop(() -> {
            handler = newHandler;
            drain();
        });
        return this;
    }

    @Override
    public RabbitMQConsumer endHandler(Handler<Void> newHandler) {
        client.onLoop(() -> endHandler = newHandler);
        return this;
    }

    @Override
    public RabbitMQConsumer pause() {
        client.onLoop(() -> demand = 0);
        return this;
    }

    @Override
    public RabbitMQConsumer resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public RabbitMQConsumer fetch(long amount) {
        client.onLoop(() -> {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            drain();
        });
        return this;
    }

    @Override
    public boolean isPaused() {
        return demand == 0;
    }

    @Override
    public String queueName() {
        return queue;
    }

    @Override
    public RabbitMQConsumer setQueueName(String name) {
        queue = name;
        return this;
    }

    @Override
    public String consumerTag() {
        return consumerTag;
    }

    /**
     * Ends the consumer: its handler is given nothing more, and messages it has not been given go back to the queue.
     */
    @Override
    public Future<Void> cancel() {
        return client.futureOnLoop(() -> {
            giveBackTheRest();
            return end();
        });
    }

    /** Ends the consumer, and hands over the messages that the broker has sent before it knew of the end. */
    Future<Void> end() {
        return client.futureOnLoop(() -> client.consumers().cancel(this));
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
