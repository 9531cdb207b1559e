package dev.busbar.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The HTTP connections of one event loop: so many and no more, and none that is kept open without a request. Whoever
 * sends one a byte at a time holds a connection no longer than the time for requests, and, once there are as many as
 * may be, not even so long: a further connection takes its place. What becomes of sockets is theirs to see to.
 */
final class HttpConnections implements Handler<RoutingContext> {

    private static final int SWITCHED = 101;
    private static final long SWEEP_MILLIS = 500;

    /** For which it is the other side's turn to send, and when their time is up; the longest waiting first. */
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();

    /** Whose request is there, and not answered yet. */
    private final Set<HttpConnection> busy = new HashSet<>();

    private final int most;
    private final Duration requestTimeout;
    private final Duration idleTimeout;
    private final Runnable refused;

    /**
     * To be made on the event loop.
     *
     * @param most how many there may be
     * @param requestTimeout how long a request may take to arrive
     * @param idleTimeout how long there may be none after an answer
     * @param refused run for each that is turned away, there being too many
     */
    HttpConnections(Vertx vertx, int most, Duration requestTimeout, Duration idleTimeout, Runnable refused) {
        this.most = most;
        this.requestTimeout = requestTimeout;
        this.idleTimeout = idleTimeout;
        this.refused = refused;
        vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
    }

    void opened(HttpConnection connection) {
        if (waiting.size() + busy.size() >= most && !makeRoom()) {
            connection.close();
            return;
        }
        BadRequests.unlogged(connection);
        await(connection, requestTimeout);
        connection.closeHandler(closed -> forget(connection));
    }

    /** @return whether there is room */
    private boolean makeRoom() {
        refused.run();
        if (waiting.isEmpty()) {
            return false;
        }
        var longest = waiting.keySet().iterator().next();
        forget(longest);
        longest.close();
        return true;
    }

    /** The headers of a request are there. */
    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var connection = request.connection();
        if (waiting.containsKey(connection)) {
            await(connection, requestTimeout);
        }
        var upgrade = request.canUpgradeToWebSocket();
        request.end().onSuccess(whole -> {
            if (upgrade) {
                // A connection that has become a socket never says that it is closed.
                forget(connection);
            } else if (!context.response().ended() && waiting.remove(connection) != null) {
                busy.add(connection);
            }
        });
        context.addEndHandler(answered -> {
            var remains = answered.succeeded() && context.response().getStatusCode() != SWITCHED;
            if (remains && (upgrade || busy.contains(connection) || waiting.containsKey(connection))) {
                await(connection, idleTimeout);
            }
        });
        context.next();
    }

    private void await(HttpConnection connection, Duration time) {
        forget(connection);
        waiting.put(connection, System.nanoTime() + time.toNanos());
    }

    private void forget(HttpConnection connection) {
        waiting.remove(connection);
        busy.remove(connection);
    }

    private void sweep() {
        var now = System.nanoTime();
        waiting.entrySet().stream()
                .filter(it -> now - it.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(HttpConnection::close);
    }
}
