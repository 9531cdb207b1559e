package dev.busbar.broker;

import io.vertx.core.Future;
import java.util.List;

/**
 * Sends the changes of {@link Bindings} to the broker, in the way of one transport. Called on the connection's event
 * loop.
 */
public interface BindingWire {

    /**
     * Makes all of these changes, in any order: each is of another filter. To repeat a change does no harm. The next
     * call follows when all futures of this one are complete.
     *
     * @return one future for each change, in the order of {@code changes}. Completes when the broker has made the
     *     change; fails with a {@link BrokerException}, whose kind may pass if the change should be requested again
     */
    List<Future<Void>> apply(List<BindingChange> changes);

    /**
     * Gives up the consumer, and declares the queue and its exchange anew, because one of them is missing at the
     * broker.
     */
    void redeclare(BrokerException cause);
}
