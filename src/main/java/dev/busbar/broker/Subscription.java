package dev.busbar.broker;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** A live consumer. */
public interface Subscription {

    /** The queue consumed, with the name the broker gave it where none was configured; may change with a reconnect. */
    String queue();

    SubscriptionState state();

    /** Called at once with the present state and then with each change, on the connection's event loop. */
    void onStateChange(Consumer<SubscriptionState> observer);

    /** Stops the flow of deliveries for good; those received may still be settled. Idempotent. */
    Future<Void> stop();

    /** Stops, and returns unsettled deliveries to the queue. Idempotent. */
    Future<Void> close();
}
