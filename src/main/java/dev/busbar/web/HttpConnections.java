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
 * Limits the HTTP connections of one event loop in number, and closes those that are idle or slow. A client that sends
 * its request a byte at a time holds a connection no longer than the request time-out. Once the limit is reached, a new
 * connection replaces the one that has waited longest for its client. Connections that have become WebSockets are not
 * counted; they have limits of their own.
 */
final class HttpConnections implements Handler<RoutingContext> {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final long SWEEP_INTERVAL_MILLIS = 500;

    /** The connections that wait for their client to send, with the deadline of each; the longest waiting first. */
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();

    /** The connections whose request has arrived and is not answered yet. */
    private final Set<HttpConnection> busy = new HashSet<>();

    private final int maxConnections;
    private final Duration requestTimeout;
    private final Duration idleTimeout;
    private final Runnable onRefused;

    /**
     * Must be called on the event loop.
     *
     * @param requestTimeout how long a request may take to arrive
     * @param idleTimeout how long a connection may stay open without a request after an answer
     * @param onRefused called for each connection that is closed because of the limit
     */
    HttpConnections(
            Vertx vertx, int maxConnections, Duration requestTimeout, Duration idleTimeout, Runnable onRefused) {
        this.maxConnections = maxConnections;
        this.requestTimeout = requestTimeout;
        this.idleTimeout = idleTimeout;
        this.onRefused = onRefused;
        vertx.setPeriodic(SWEEP_INTERVAL_MILLIS, id -> sweep());
    }

    void opened(HttpConnection connection) {
        if (waiting.size() + busy.size() >= maxConnections && !makeRoom()) {
            connection.close();
            return;
        }
        BadRequests.keepOutOfLog(connection);
        await(connection, requestTimeout);
        connection.closeHandler(closed -> forget(connection));
    }

    /** Closes the connection that has waited longest; returns {@code false} if none waits for its client. */
    private boolean makeRoom() {
        onRefused.run();
        if (waiting.isEmpty()) {
            return false;
        }
        var longest = waiting.keySet().iterator().next();
        forget(longest);
        longest.close();
        return true;
    }

    /** Notes that the headers of a request have arrived. */
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
                // The close handler of a connection that has become a WebSocket is never called.
                forget(connection);
            } else if (!context.response().ended() && waiting.remove(connection) != null) {
                busy.add(connection);
            }
        });
        context.addEndHandler(answered -> {
            var remains = answered.succeeded() && context.response().getStatusCode() != SWITCHING_PROTOCOLS;
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
