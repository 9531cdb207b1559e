package dev.busbar.route;

import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Collects the deliveries that arrive in one turn of the event loop: decodes each at once and dispatches all at the end
 * of the turn, so that handlers on another event loop are woken up once for all. Confined to the event loop.
 */
final class Arrivals {

    private record Arrival(Attempt attempt, Dispatcher.Prepared prepared) {}

    private final ContextInternal context;
    private final Dispatcher dispatcher;
    private final BiConsumer<Attempt, Dispatcher.Prepared> ready;
    private List<Arrival> arrived = new ArrayList<>();

    /** @param ready called for each delivery, in order of arrival, at the end of the turn */
    Arrivals(RouteContext shared, Dispatcher dispatcher, BiConsumer<Attempt, Dispatcher.Prepared> ready) {
        this.context = onLoopOf(shared);
        this.dispatcher = dispatcher;
        this.ready = ready;
    }

    /**
     * Makes a context on the same event loop that belongs to no verticle. In a verticle's context each request is added
     * to the list of what is closed with the verticle, and removed with the reply, which takes a tenth of the time of a
     * delivery.
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
        if (arrived.isEmpty()) {
            context.runOnContext(ignored -> end());
        }
        arrived.add(new Arrival(first, dispatcher.prepare(first.delivery(), first.number())));
    }

    private void end() {
        var complete = arrived;
        arrived = new ArrayList<>(complete.size());
        complete.forEach(arrival -> ready.accept(arrival.attempt(), arrival.prepared()));
    }
}
