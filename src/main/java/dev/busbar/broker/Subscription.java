package dev.busbar.broker;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Consumes a queue, through all its connections. */
public interface Subscription {

    /**
     * Returns the name of the consumed queue: the name that the broker gave it where none is configured, which may
     * change with a reconnect.
     */
    String queue();

    /** Returns the present state of the subscription. */
    SubscriptionState state();

    /**
     * Adds an observer of the state. Called at once with the present state and then with each change, on the
     * connection's event loop.
     */
    void onStateChange(Consumer<SubscriptionState> observer);

    /**
     * Binds one more filter to the queue. The filter is declared again after every reconnect until {@link #unbind}.
     * Idempotent. May be called from any thread, as often and as fast as the caller likes: of the waiting changes of
     * one filter only the last is made, and memory grows only with the number of filters.
     *
     * @return completes when the binding is live at the broker: what is published from then on arrives. While there is
     *     no connection it waits for the next one. Fails with a {@link BrokerException} when the broker refuses the
     *     binding, and the filter is not kept then; when the filter is unbound before it was live; and when the
     *     subscription is stopped. Completes on the connection's event loop
     */
    Future<Void> bind(TopicFilter filter);

    /**
     * Removes a binding, also one of the topology the subscription began with. Messages that are in the queue already
     * still arrive. Idempotent. May be called from any thread.
     *
     * @return completes when the broker has removed the binding, and at once while there is no connection: then it is
     *     not declared at the next connection, and is removed there if the queue still has it. Fails with a
     *     {@link BrokerException} when the broker refuses, and when the subscription is stopped
     */
    Future<Void> unbind(TopicFilter filter);

    /**
     * Consumes anew, on a new channel; a stream from where the subscription's offset is then.
     *
     * @param why the reason, for messages
     */
    void consumeAgain(String why);

    /** Stops the flow of deliveries for good. Deliveries received may still be settled. Idempotent. */
    Future<Void> stop();

    /** Stops the flow of deliveries, and returns unsettled deliveries to the queue. Idempotent. */
    Future<Void> close();
}
