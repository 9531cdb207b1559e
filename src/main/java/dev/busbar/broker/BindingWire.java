package dev.busbar.broker;

import io.vertx.core.Future;
import java.util.List;

/** How one transport has the changes of {@link Bindings} made. On the connection's event loop. */
public interface BindingWire {

    /**
     * Makes all of these changes, in any order; they are of different filters. Making one again changes nothing. The
     * next call comes when all futures are complete.
     *
     * @return of each change in turn when the broker has made it; fails with a {@link BrokerException}, of a kind that
     *     may pass if the change is to be asked for again
     */
    List<Future<Void>> apply(List<BindingChange> changes);

    /** What the bindings need is not there as declared: gives up the consumer, and declares all again. */
    void redeclare(BrokerException cause);
}
