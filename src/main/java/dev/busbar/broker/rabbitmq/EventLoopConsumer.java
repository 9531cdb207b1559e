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
 * A consumer on an event loop. What arrives while it is paused waits here, and nothing is dropped: the broker sends no
 * more than the prefetch ahead. After a reconnect what still waits is forgotten, because the broker delivers it again.
 *
 * <p>With {@code autoAck} the acknowledgement is this client's: sent when the handler has returned, so that nothing is
 * lost with the connection and prefetch holds.
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
    /** What is not in the handler's hands by now goes back to its queue. */
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

    /** The Java client's side; called on the event loop, for the deliveries of one session. */
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
            hand(message);
        } else {
            waiting.add(message);
        }
    }

    private void hand(RabbitMQMessage message) {
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
                hand(waiting.poll());
            }
        } finally {
            draining = false;
        }
    }

    void forgetWaiting() {
        waiting.clear();
    }

    /** Hands no more over: what waits, and what is still on its way, goes back to its queue. */
    void giveBackTheRest() {
        givingBack = true;
        while (!waiting.isEmpty()) {
            giveBack(waiting.poll());
        }
    }

    /** A stream takes nothing back, and RabbitMQ 3 closes the connection of whoever tries. */
    private void giveBack(RabbitMQMessage message) {
        var headers = message.properties().getHeaders();
        var tag = message.envelope().getDeliveryTag();
        if (headers != null && headers.containsKey(RabbitMqArguments.STREAM_OFFSET)) {
            client.basicAck(tag, false);
        } else {
            client.basicNack(tag, false, true);
        }
    }

    /** No delivery follows. */
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

    /** Ends it: its handler is given nothing more, and what it has not been given goes back to the queue. */
    @Override
    public Future<Void> cancel() {
        return client.futureOnLoop(() -> {
            giveBackTheRest();
            return end();
        });
    }

    /** Ends it, and hands over what the broker has sent before it heard so. */
    Future<Void> end() {
        return client.futureOnLoop(() -> client.consumers().cancel(this));
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
