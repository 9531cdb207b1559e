package dev.busbar.broker.rabbitmq;

import static java.util.Objects.requireNonNull;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQConsumer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Keeps the consumers of one client: begins, cancels, and begins them again on each new channel. Confined to the event
 * loop.
 */
final class ClientConsumers {

    private static final int AUTO_ACK_PREFETCH = 1_000;
    private static final int MAX_PREFETCH = 65_535;

    private record Qos(int size, int count, boolean global) {}

    private final EventLoopRabbitMQClient client;
    private final ClientChannel channel;
    private final List<EventLoopConsumer> consumers = new ArrayList<>();
    private Qos qos;
    private Handler<RabbitMQConsumer> cancellationHandler = consumer -> {};

    ClientConsumers(EventLoopRabbitMQClient client, ClientChannel channel) {
        this.client = client;
        this.channel = channel;
    }

    void cancellationHandler(Handler<RabbitMQConsumer> handler) {
        cancellationHandler = handler == null ? consumer -> {} : handler;
    }

    Future<Void> qos(int size, int count, boolean global) {
        qos = new Qos(size, count, global);
        return restoreQos();
    }

    /** Sets the prefetch of the client, if it has one, on the present channel. */
    Future<Void> restoreQos() {
        var wanted = qos;
        return wanted == null
                ? Future.succeededFuture()
                : channel.call("setting the prefetch", amqp -> {
                    amqp.basicQos(wanted.size(), wanted.count(), wanted.global());
                    return null;
                });
    }

    Future<RabbitMQConsumer> begin(String queue, QueueOptions options) {
        requireNonNull(queue, "queue is null");
        requireNonNull(options, "options are null");
        var consumer = new EventLoopConsumer(client, queue, options);
        // Added before it has begun, so that it is restored too if the channel is lost meanwhile.
        consumers.add(consumer);
        return consume(consumer).<RabbitMQConsumer>map(consumer).onFailure(ignored -> consumers.remove(consumer));
    }

    private Future<Void> consume(EventLoopConsumer consumer) {
        var options = consumer.options();
        var present = channel.session();
        var consumerPrefetch = prefetch(options);
        return channel.call("consuming queue '" + consumer.queueName() + "'", amqp -> {
                    if (consumerPrefetch > 0) {
                        amqp.basicQos(consumerPrefetch);
                    }
                    var tag = amqp.basicConsume(
                            consumer.queueName(),
                            false,
                            options.getConsumerTag(),
                            options.isNoLocal(),
                            options.isConsumerExclusive(),
                            options.getConsumerArguments(),
                            consumer.in(present));
                    if (consumerPrefetch > 0) {
                        amqp.basicQos(0);
                    }
                    return tag;
                })
                .mapEmpty();
    }

    /** Returns the prefetch of a consumer for which nobody has set one; 0 for no limit. */
    private int prefetch(QueueOptions options) {
        if (qos != null) {
            return 0;
        }
        var queueSize = options.maxInternalQueueSize();
        return queueSize <= MAX_PREFETCH ? Math.max(1, queueSize) : options.isAutoAck() ? AUTO_ACK_PREFETCH : 0;
    }

    Future<Void> cancel(EventLoopConsumer consumer) {
        if (!consumers.remove(consumer)) {
            return Future.succeededFuture();
        }
        var tag = consumer.consumerTag();
        return channel.<Void>call("cancelling consumer '" + tag + "'", amqp -> {
                    amqp.basicCancel(tag);
                    return null;
                })
                .onComplete(ignored -> consumer.ended());
    }

    /** Forgets a consumer of an earlier channel, so that it is not begun again. */
    void forget(RabbitMQConsumer consumer) {
        consumers.remove(consumer);
    }

    void cancelledByBroker(EventLoopConsumer consumer) {
        if (consumers.remove(consumer)) {
            consumer.failed(new BrokerException(
                    Kind.NOT_FOUND, "the broker has ended the consumer of queue '" + consumer.queueName() + "'"));
            consumer.ended();
            cancellationHandler.handle(consumer);
        }
    }

    /** Returns the present consumers, for {@link #restore} to begin again. */
    Iterator<EventLoopConsumer> present() {
        return List.copyOf(consumers).iterator();
    }

    /** Begins consumers of an earlier channel again, one after another, except those cancelled meanwhile. */
    Future<Void> restore(Iterator<EventLoopConsumer> earlier) {
        if (!earlier.hasNext()) {
            return Future.succeededFuture();
        }
        var consumer = earlier.next();
        return (consumers.contains(consumer) ? consume(consumer) : Future.<Void>succeededFuture())
                .compose(ignored -> restore(earlier));
    }

    void sessionLost() {
        consumers.forEach(EventLoopConsumer::forgetWaiting);
    }

    void closed() {
        var ended = List.copyOf(consumers);
        consumers.clear();
        ended.forEach(EventLoopConsumer::ended);
    }
}
