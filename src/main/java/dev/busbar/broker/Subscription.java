package dev.busbar.broker;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** A live consumer. */
public interface Subscription {

    /** The queue consumed, with the name the broker gave it where none was configured; may change with a reconnect. */
    String queue();

    SubscriptionState state();

    /** Called at once with the present state and then with each change, on the connection's event loop. */
    void onStateChange(Consumer<SubscriptionState> observer);

    /**
     * Binds one more filter to the queue; it is declared again after every reconnect until {@link #unbind}. Idempotent.
     * May be called from any thread, as often and as fast as the caller likes: of the changes of one filter that wait,
     * only the last is made, and what waits is as large as the filters asked for.
     *
     * @return completes when the binding is live at the broker: what is published from then on arrives. While there is
     *     no connection it waits for the next one. Fails with a {@link BrokerException} when the broker refuses it, and
     *     the filter is not kept then; when it is unbound before it was live; and when the subscription is stopped.
     *     Completes on the connection's event loop
     */
    Future<Void> bind(TopicFilter filter);

    /**
     * Takes a binding away, also one of the topology the subscription began with; what is in the queue already still
     * arrives. Idempotent, from any thread.
     *
     * @return completes when the broker has taken it away, and at once while there is no connection: then it is not
     *     declared at the next, and taken away there if the queue still has it. Fails with a {@link BrokerException}
     *     when the broker refuses, and when the subscription is stopped
     */
    Future<Void> unbind(TopicFilter filter);

    /** Consumes anew, on a channel of its own making; of a stream from where its reader says then. */
    void consumeAgain(String why);

    /** Stops the flow of deliveries for good; those received may still be settled. Idempotent. */
    Future<Void> stop();

    /** Stops, and returns unsettled deliveries to the queue. Idempotent. */
    Future<Void> close();
}
