package dev.busbar.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The state of a subscription and who is told of its changes: what {@link Subscription#onStateChange} asks for. Read
 * from any thread, changed on the connection's event loop.
 */
public final class ObservedState {

    private final List<Consumer<SubscriptionState>> observers = new ArrayList<>();
    private volatile SubscriptionState present = new SubscriptionState.Recovering("not consuming yet");

    /**
     * @param obstacle why there is no connection, which tells more than how the consumer was lost; may be {@code null}
     */
    public SubscriptionState present(String obstacle) {
        var state = present;
        return obstacle != null && state instanceof SubscriptionState.Recovering
                ? new SubscriptionState.Recovering(obstacle)
                : state;
    }

    /** Tells the observers, unless it is the same. */
    public void change(SubscriptionState next) {
        if (!next.equals(present)) {
            present = next;
            observers.forEach(observer -> observer.accept(next));
        }
    }

    /** Tells it the present state at once. */
    public void observe(Consumer<SubscriptionState> observer) {
        observers.add(observer);
        observer.accept(present);
    }
}
