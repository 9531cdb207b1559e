package dev.busbar.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the state of a subscription and its observers, for {@link Subscription#onStateChange}. Read from any thread,
 * changed on the connection's event loop.
 */
public final class ObservedState {

    private final List<Consumer<SubscriptionState>> observers = new ArrayList<>();
    private volatile SubscriptionState present = new SubscriptionState.Recovering("not consuming yet");

    /**
     * Returns the present state.
     *
     * @param obstacle why there is no connection, which tells more than how the consumer was lost; may be {@code null}
     */
    public SubscriptionState present(String obstacle) {
        var state = present;
        return obstacle != null && state instanceof SubscriptionState.Recovering
                ? new SubscriptionState.Recovering(obstacle)
                : state;
    }

    /** Sets the state, and tells the observers if it is another. */
    public void change(SubscriptionState next) {
        if (!next.equals(present)) {
            present = next;
            observers.forEach(observer -> observer.accept(next));
        }
    }

    /** Adds an observer, and tells it the present state at once. */
    public void observe(Consumer<SubscriptionState> observer) {
        observers.add(observer);
        observer.accept(present);
    }
}
