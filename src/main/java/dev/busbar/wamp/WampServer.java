package dev.busbar.wamp;

import dev.busbar.broker.BrokerException;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.WampConfig;
import dev.busbar.hub.Hub;
import dev.busbar.hub.Listening;
import dev.busbar.log.CleanLogger;
import dev.busbar.topic.TopicFilter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;

/** The WAMP router of a node, to be offered at a path of Busbar's HTTP port. From any thread. */
public final class WampServer {

    /** The one WebSocket subprotocol it speaks; the HTTP server has to agree to it. */
    public static final String SUBPROTOCOL = "wamp.2.json";

    private static final Logger LOG = CleanLogger.of(WampServer.class);

    private final Vertx vertx;
    private final Router router;

    private WampServer(Vertx vertx, Router router) {
        this.vertx = vertx;
        this.router = router;
    }

    /**
     * Looks whether the broker can do what clients will ask for.
     *
     * @return fails with a message for a person if it cannot
     */
    public static Future<WampServer> start(Vertx vertx, BusbarConfig config, Hub hub) {
        return bindings(hub)
                .compose(ignored -> QueueBoundsCheck.of(hub, config.wamp().parking()))
                .compose(bounds -> {
                    var masters = new Masters(vertx.eventBus());
                    return masters.listen()
                            .map(listening -> new WampServer(vertx, new Router(config, hub, bounds, masters)));
                });
    }

    /**
     * The longest message that is read. Of one that is only too long it can so be told which request it was, and the
     * session goes on.
     */
    public static long longestRead(BusbarConfig config) {
        return longestRead(config.wamp());
    }

    static long longestRead(WampConfig config) {
        return 2 * config.limits().messageBytes();
    }

    /** Some brokers change none while a queue is being consumed. */
    private static Future<Void> bindings(Hub hub) {
        return hub.listen(TopicFilter.parse("busbar.wamp.trial"), 0, ignored -> {})
                .compose(Listening::stop)
                .recover(failure -> failure instanceof BrokerException refused
                                && !refused.kind().mayPass()
                        ? Future.failedFuture(new BrokerException(
                                refused.kind(),
                                "wamp.enabled: the broker takes no subscriptions at run time, of which masters make many: "
                                        + refused.getMessage(),
                                refused))
                        : Future.succeededFuture());
    }

    /** For the event loop it is called on: one for each that serves. */
    public Handler<RoutingContext> handler() {
        return new Sockets(vertx, router);
    }

    /** Says what an operator has to do after the stop that follows. */
    public void stopping() {
        var masters = router.masters().count();
        if (masters > 0) {
            LOG.warn(
                    "Buildbot masters connected here: {}. They lose their router and do not come back by themselves: restart"
                            + " them once it is ready again",
                    masters);
        }
    }

    /** To be registered once. */
    public MeterBinder metrics() {
        return new WampMetrics(router.counts());
    }

    public WampCounts counts() {
        return router.counts().snapshot();
    }
}
