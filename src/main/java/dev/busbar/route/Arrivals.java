package dev.busbar.route;

import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What has arrived in one turn of the event loop: decoded at once, and dispatched together at the end of the turn, so
 * that handlers on another event loop are woken up once for all and not for each. Confined to the event loop.
 */
final class Arrivals {

    private record Arrival(Attempt attempt, Dispatcher.Prepared prepared) {}

    private final ContextInternal context;
    private final Dispatcher dispatcher;
    private final BiConsumer<Attempt, Dispatcher.Prepared> ready;
    private List<Arrival> turn = new ArrayList<>();

    /** @param ready called for each, in order of arrival, at the end of the turn */
    Arrivals(RouteContext shared, Dispatcher dispatcher, BiConsumer<Attempt, Dispatcher.Prepared> ready) {
        this.context = onLoopOf(shared);
        this.dispatcher = dispatcher;
        this.ready = ready;
    }

    /**
     * A context that is no verticle's: in a verticle's, each request enters itself into the list of what is to be
     * closed with the verticle, and leaves it with the reply, which takes a tenth of the time of a delivery.
     */
    private static ContextInternal onLoopOf(RouteContext shared) {
        var context = (ContextInternal) shared.context();
        return ((VertxInternal) shared.vertx())
                .contextBuilder()
                .withThreadingModel(ThreadingModel.EVENT_LOOP)
                .withEventLoop(context.nettyEventLoop())
                .withClassLoader(context.classLoader())
                .build();
    }

    void add(Attempt first) {
        if (turn.isEmpty()) {
            context.runOnContext(ignored -> end());
        }
        turn.add(new Arrival(first, dispatcher.prepare(first.delivery(), first.number())));
    }

    private void end() {
        var arrived = turn;
        turn = new ArrayList<>(arrived.size());
        arrived.forEach(arrival -> ready.accept(arrival.attempt(), arrival.prepared()));
    }
}
