package dev.busbar.web;

import dev.busbar.config.WebLimits;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The HTTP connections of one event loop: so many and no more, and none that is kept open without a request. Whoever
 * sends one a byte at a time holds a connection no longer than {@code web.limits.requestTimeout}; what becomes of
 * sockets is theirs to see to.
 */
final class Connections implements Handler<RoutingContext> {

    private static final int AT_LEAST = 1_000;
    private static final int SWITCHED = 101;
    private static final long SWEEP_MILLIS = 500;

    /** When its time is up, while it is for the other side to send; else {@code null}. */
    private final Map<HttpConnection, Long> deadlines = new IdentityHashMap<>();

    private final WebLimits limits;
    private final Browsers browsers;
    private final int most;

    Connections(Vertx vertx, WebLimits limits, Browsers browsers) {
        this.limits = limits;
        this.browsers = browsers;
        most = Math.max(2 * limits.sockets(), AT_LEAST);
        vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
    }

    void opened(HttpConnection connection) {
        if (deadlines.size() >= most) {
            browsers.refused();
            connection.close();
            return;
        }
        BadRequests.unlogged(connection);
        deadlines.put(connection, System.nanoTime() + limits.requestTimeout().toNanos());
        connection.closeHandler(closed -> deadlines.remove(connection));
    }

    /** The headers of a request are there. */
    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var connection = request.connection();
        deadlines.replace(
                connection, System.nanoTime() + limits.requestTimeout().toNanos());
        var upgrade = request.canUpgradeToWebSocket();
        request.end().onSuccess(whole -> {
            if (upgrade) {
                // A connection that has become a socket never says that it is closed.
                deadlines.remove(connection);
            } else if (!context.response().ended()) {
                deadlines.replace(connection, null);
            }
        });
        context.addEndHandler(answered -> {
            var remains = answered.succeeded() && context.response().getStatusCode() != SWITCHED;
            if (remains && (upgrade || deadlines.containsKey(connection))) {
                deadlines.put(
                        connection, System.nanoTime() + limits.pingTimeout().toNanos());
            }
        });
        context.next();
    }

    private void sweep() {
        var now = System.nanoTime();
        deadlines.entrySet().stream()
                .filter(it -> it.getValue() != null && now - it.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(HttpConnection::close);
    }
}
