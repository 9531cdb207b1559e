package dev.busbar.route;

import dev.busbar.cluster.HandlerNodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.EventBusImpl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentMap;

/**
 * Tells whether anybody listens at an event bus address, without sending a message there. The event bus has no method
 * for that: the handlers of this Vert.x are in a field of it, those of other nodes the cluster manager knows.
 */
final class Listeners {

    private static final VarHandle HANDLERS;

    static {
        try {
            HANDLERS = MethodHandles.privateLookupIn(EventBusImpl.class, MethodHandles.lookup())
                    .findVarHandle(EventBusImpl.class, "handlerMap", ConcurrentMap.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Listeners() {}

    /** Returns whether this Vert.x can be asked: somebody may have replaced its event bus. */
    static boolean known(Vertx vertx) {
        return vertx.eventBus() instanceof EventBusImpl;
    }

    /**
     * Returns whether there is any handler. To be called on an event loop.
     *
     * @param localOnly whether only handlers of this Vert.x count
     */
    static Future<Boolean> any(Vertx vertx, String address, boolean localOnly) {
        var local = (ConcurrentMap<?, ?>) HANDLERS.get((EventBusImpl) vertx.eventBus());
        return local.containsKey(address) || localOnly || !vertx.isClustered()
                ? Future.succeededFuture(local.containsKey(address))
                : HandlerNodes.of(vertx, address).map(nodes -> !nodes.isEmpty());
    }
}
