package dev.busbar.broker;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Map;

/**
 * One connection to a broker, pinned to one event loop. It reconnects by itself, with backoff over all configured
 * hosts, and brings its subscriptions and publishers back.
 */
public interface BrokerConnection {

    /**
     * Connects, trying again while the failure may pass.
     *
     * @return completes once connected; fails with a {@link BrokerException} when the failure cannot pass by waiting,
     *     or when {@code startTimeout} is over
     */
    Future<Void> connect();

    ConnectionState state();

    /**
     * Why the broker takes no publications at present although the connection is up, in its own words; {@code null}
     * while it takes them.
     */
    String blocked();

    /**
     * Declares the topology, binds, and consumes; all three again after every reconnect.
     *
     * @param handler called on this connection's event loop, in the broker's order, at most {@code prefetch} deliveries
     *     ahead of their settlements
     * @return completes when the broker has confirmed the consumer: what is published from then on arrives. Fails with
     *     a {@link BrokerException} that names what could not be declared and why
     */
    Future<Subscription> subscribe(SubscriptionSpec spec, Handler<Delivery> handler);

    /**
     * Opens a confirmed publisher, after declaring what it publishes to; again after every reconnect.
     *
     * @return fails with a {@link BrokerException} that names what could not be declared and why
     */
    Future<Publisher> publisher(PublisherSpec spec);

    /**
     * Takes messages from a queue on demand; declares nothing, and is not brought back after a lost connection.
     *
     * @param topology with a named queue, and what it is bound to
     * @return fails with a {@link BrokerException}, of the kind {@code NOT_FOUND} if there is no such queue; over AMQP
     *     0-9-1 the first {@link Fetcher#next} does instead
     */
    Future<Fetcher> fetcher(Topology topology);

    /**
     * Asks how much is in a queue; nobody else's channel is closed over a queue that does not exist.
     *
     * @return fails with a {@link BrokerException}: {@code NOT_FOUND} if there is no such queue, {@code REFUSED} if
     *     this broker does not tell, {@code UNREACHABLE} at once while there is no connection
     */
    Future<QueueDepth> depth(String queue);

    /** What this broker does that others do not; known once connected. */
    Future<BrokerTraits> traits();

    /**
     * The arguments that hold a queue within bounds, in words of this broker's. To be asked once connected.
     *
     * @return fails with a {@link BrokerException} of the kind {@code MISMATCH} if its queues cannot be bounded so
     */
    Future<Map<String, Object>> arguments(QueueBounds bounds);

    /**
     * Deletes a queue that nobody consumes, with whatever it holds.
     *
     * @return whether it is gone; {@code false} when somebody still consumes it
     */
    Future<Boolean> deleteQueueIfUnused(String queue);

    /** Closes for good. Unsettled deliveries return to their queues. Idempotent. */
    Future<Void> close();
}
