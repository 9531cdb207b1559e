package dev.busbar.broker;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Map;

/**
 * Keeps one connection to a broker, pinned to one event loop. The connection reconnects by itself, with backoff and
 * over all configured hosts, and restores its subscriptions and publishers.
 */
public interface BrokerConnection {

    /**
     * Connects, and tries again while the failure may pass.
     *
     * @return completes once connected; fails with a {@link BrokerException} when the failure cannot pass by waiting,
     *     or when {@code startTimeout} is over
     */
    Future<Void> connect();

    /** Returns the present state of the connection. */
    ConnectionState state();

    /**
     * Returns the broker's reason for taking no publications although the connection is up, in the broker's words;
     * {@code null} while it takes them.
     */
    String blocked();

    /**
     * Declares the topology, binds its filters, and consumes its queue. Does all three again after every reconnect.
     *
     * @param handler called on this connection's event loop, in the broker's order, at most {@code prefetch} deliveries
     *     ahead of their settlements
     * @return completes when the broker has confirmed the consumer: what is published from then on arrives. Fails with
     *     a {@link BrokerException} that names what could not be declared and why
     */
    Future<Subscription> subscribe(SubscriptionSpec spec, Handler<Delivery> handler);

    /**
     * Declares the publisher's topologies and opens a publisher with confirms. Does both again after every reconnect.
     *
     * @return fails with a {@link BrokerException} that names what could not be declared and why
     */
    Future<Publisher> publisher(PublisherSpec spec);

    /**
     * Opens a fetcher, which takes messages from a queue on demand. A fetcher declares nothing, and is not restored
     * after a lost connection.
     *
     * @param topology with a named queue, and the exchange it is bound to
     * @return fails with a {@link BrokerException}, of the kind {@code NOT_FOUND} if there is no such queue; over AMQP
     *     0-9-1 the first {@link Fetcher#next} fails so instead
     */
    Future<Fetcher> fetcher(Topology topology);

    /**
     * Asks the broker for the depth of a queue. A queue that does not exist closes nobody else's channel.
     *
     * @return fails with a {@link BrokerException}: {@code NOT_FOUND} if there is no such queue, {@code REFUSED} if
     *     this broker does not tell, {@code UNREACHABLE} at once while there is no connection
     */
    Future<QueueDepth> depth(String queue);

    /** Returns what this broker does that others do not. Known once connected. */
    Future<BrokerTraits> traits();

    /**
     * Returns the queue arguments that hold a queue within bounds, by this broker's names. To be called once connected.
     *
     * @return fails with a {@link BrokerException} of the kind {@code MISMATCH} if this broker cannot bound queues so
     */
    Future<Map<String, Object>> arguments(QueueBounds bounds);

    /**
     * Deletes a queue that has no consumer, together with its messages.
     *
     * @return whether the queue is gone; {@code false} while it has a consumer
     */
    Future<Boolean> deleteQueueIfUnused(String queue);

    /**
     * Looks whether the queue of a topology exists, or, if the topology has none, its exchange. Compares it with what
     * is configured where Busbar would declare it and where the broker can be asked. Changes nothing.
     *
     * @return fails with a {@link BrokerException}: {@code MISMATCH} if it exists with other properties,
     *     {@code FORBIDDEN} if the user may not look or declare, {@code REFUSED} if this broker does not tell
     */
    Future<Existence> inspect(Topology topology);

    /**
     * Asks the broker whether the user of this connection has a permission. Changes nothing. The exchange and the queue
     * need not exist.
     *
     * @return completes if the user has the permission, or if the broker cannot be asked: only RabbitMQ can; fails with
     *     a {@link BrokerException} of the kind {@code FORBIDDEN} if not
     */
    Future<Void> ask(Permission permission);

    /** Closes the connection for good. Unsettled deliveries return to their queues. Idempotent. */
    Future<Void> close();
}
