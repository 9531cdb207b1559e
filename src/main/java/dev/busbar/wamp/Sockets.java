package dev.busbar.wamp;

import dev.busbar.socket.FlushScheduler;
import dev.busbar.socket.NettyAccess;
import dev.busbar.socket.WebSocketInput;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Accepts WAMP WebSockets on one event loop, and pings those that are open. Confined to that event loop. */
final class Sockets implements Handler<RoutingContext> {

    private final Vertx vertx;
    private final WampContext shared;
    private final FlushScheduler flushes;
    private final Set<WampSocket> open = new LinkedHashSet<>();
    private long lastPingNanos = System.nanoTime();

    Sockets(Vertx vertx, WampContext shared) {
        this.vertx = vertx;
        this.shared = shared;
        flushes = new FlushScheduler(((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop());
        var timeoutMillis = shared.limits().pingTimeout().toMillis();
        vertx.setPeriodic(timeoutMillis / 2, id -> ping(TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
    }

    /** Pings every client. After a standstill of this process no client counts as silent: none could be heard. */
    private void ping(long timeoutNanos) {
        var now = System.nanoTime();
        var stoodStill = now - lastPingNanos > timeoutNanos;
        lastPingNanos = now;
        for (var socket : List.copyOf(open)) {
            if (stoodStill) {
                socket.restartSilence();
            }
            socket.ping();
        }
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var counts = shared.counts();
        if (!request.canUpgradeToWebSocket()) {
            refuse(context, 426, "This is a WAMP router: connect to it by a WebSocket, ws://….\n");
        } else if (!offersSubprotocol(request)) {
            refuse(context, 400, "Offer the WebSocket subprotocol " + WampServer.SUBPROTOCOL + ".\n");
        } else if (counts.sockets.incrementAndGet() > shared.limits().sessions()) {
            counts.sockets.decrementAndGet();
            counts.refused.increment();
            refuse(context, 503, "There are too many WAMP sessions (wamp.limits.sessions).\n");
        } else {
            upgrade(context);
        }
    }

    private static boolean offersSubprotocol(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(offered -> Stream.of(offered.split(",")))
                .map(String::strip)
                .anyMatch(WampServer.SUBPROTOCOL::equals);
    }

    private static void refuse(RoutingContext context, int status, String why) {
        context.response().setStatusCode(status).end(why);
    }

    private void upgrade(RoutingContext context) {
        context.request()
                .toWebSocket()
                .onSuccess(socket -> {
                    var channel = NettyAccess.of(context.request());
                    WebSocketInput.check(channel, WampServer.maxReadBytes(shared.config()));
                    var client = new WampSocket(vertx, shared, socket, channel, flushes, this::closed);
                    open.add(client);
                    client.open();
                })
                .onFailure(failure -> {
                    shared.counts().sockets.decrementAndGet();
                    context.fail(failure);
                });
    }

    private void closed(WampSocket client) {
        if (open.remove(client)) {
            shared.counts().sockets.decrementAndGet();
        }
    }
}
