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

/**
 * The WAMP router of a node: it has the broker role, and is mounted at a path of Busbar's HTTP port. May be used from
 * any thread.
 */
public final class WampServer {

    /** The WebSocket subprotocol of the router; the HTTP server has to accept it. */
    public static final String SUBPROTOCOL = "wamp.2.json";

    private static final Logger LOG = CleanLogger.of(WampServer.class);

    private final Vertx vertx;
    private final WampContext shared;

    private WampServer(Vertx vertx, WampContext shared) {
        this.vertx = vertx;
        this.shared = shared;
    }

    /**
     * Starts the router once the broker has proven that it can do what clients will ask for.
     *
     * @return fails with a {@link BrokerException} that names the setting if the broker cannot; a broker that is away
     *     does not count as one that cannot
     */
    public static Future<WampServer> start(Vertx vertx, BusbarConfig config, Hub hub) {
        return bindings(hub)
                .compose(ignored -> QueueBoundsCheck.of(hub, config.wamp().parking()))
                .compose(bounds -> {
                    var masters = new Masters(vertx.eventBus());
                    return masters.listen()
                            .map(listening -> new WampServer(vertx, WampContext.of(config, hub, bounds, masters)));
                });
    }

    /**
     * The length in bytes up to which messages are read: twice what a client's message may have. A message between the
     * two is refused by the id of its request, and the session goes on; a longer message ends the session.
     */
    public static long maxReadBytes(BusbarConfig config) {
        return maxReadBytes(config.wamp());
    }

    static long maxReadBytes(WampConfig config) {
        return 2 * config.limits().messageBytes();
    }

    /** Tries to bind and unbind a filter: some brokers refuse both while a queue is being consumed. */
    private static Future<Void> bindings(Hub hub) {
        return hub.listen(TopicFilter.parse("busbar.wamp.trial"), 0, ignored -> {})
                .compose(Listening::stop)
                .recover(failure -> failure instanceof BrokerException refused
                                && !refused.kind().mayPass()
                        ? Future.failedFuture(new BrokerException(
                                refused.kind(),
                                "wamp.enabled: the broker takes no subscriptions at run time, and WAMP clients need them: "
                                        + refused.getMessage(),
                                refused))
                        : Future.succeededFuture());
    }

    /**
     * Returns a handler of WebSocket requests for the calling event loop; each event loop that serves needs its own.
     */
    public Handler<RoutingContext> handler() {
        return new Sockets(vertx, shared);
    }

    /** Logs that connected masters have to be restarted after the stop that follows. */
    public void stopping() {
        var masters = shared.masters().count();
        if (masters > 0) {
            LOG.warn(
                    "Buildbot masters connected here: {}. They lose their router and do not come back by themselves: restart"
                            + " them once Busbar is ready again",
                    masters);
        }
    }

    /** Returns the meters of the router, to be registered once. */
    public MeterBinder metrics() {
        return new WampMetrics(shared.counts());
    }

    public WampCounts counts() {
        return shared.counts().snapshot();
    }
}
