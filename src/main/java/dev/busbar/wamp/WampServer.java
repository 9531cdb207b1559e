package dev.busbar.wamp;

import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** The WAMP router of a node, to be offered at a path of the web port. From any thread. */
public final class WampServer {

    /** The one WebSocket subprotocol it speaks; the HTTP server has to agree to it. */
    public static final String SUBPROTOCOL = "wamp.2.json";

    private final Vertx vertx;
    private final Router router;

    public WampServer(Vertx vertx, BusbarConfig config, Hub hub) {
        this.vertx = vertx;
        router = new Router(config, hub);
    }

    /** For the event loop it is called on: one for each that serves. */
    public Handler<RoutingContext> handler() {
        return new Sockets(vertx, router);
    }

    /** To be registered once. */
    public MeterBinder metrics() {
        return new WampMetrics(router.counts());
    }

    public WampCounts counts() {
        return router.counts().snapshot();
    }
}
