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

/** The sockets of one event loop. */
final class Sockets implements Handler<RoutingContext> {

    private final Vertx vertx;
    private final Router router;
    private final FlushScheduler flushes;
    private final Set<WampSocket> open = new LinkedHashSet<>();
    private long pinged = System.nanoTime();

    Sockets(Vertx vertx, Router router) {
        this.vertx = vertx;
        this.router = router;
        flushes = new FlushScheduler(((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop());
        var millis = router.config().limits().pingTimeout().toMillis();
        vertx.setPeriodic(millis / 2, id -> ping(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    /** While this process stood still itself, nobody could be heard. */
    private void ping(long patience) {
        var now = System.nanoTime();
        var stoodStill = now - pinged > patience;
        pinged = now;
        for (var socket : List.copyOf(open)) {
            if (stoodStill) {
                socket.excuse();
            }
            socket.ping();
        }
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var counts = router.counts();
        if (!request.canUpgradeToWebSocket()) {
            refuse(context, 426, "This is a WAMP router: connect to it by a WebSocket, ws://….\n");
        } else if (!offersOurs(request)) {
            refuse(context, 400, "Offer the WebSocket subprotocol " + WampServer.SUBPROTOCOL + ".\n");
        } else if (counts.sockets.incrementAndGet() > router.config().limits().sessions()) {
            counts.sockets.decrementAndGet();
            counts.refused.increment();
            refuse(context, 503, "There are too many WAMP sessions (wamp.limits.sessions).\n");
        } else {
            upgrade(context);
        }
    }

    private static boolean offersOurs(HttpServerRequest request) {
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
                    WebSocketInput.check(channel, WampServer.longestRead(router.config()));
                    var client = new WampSocket(vertx, router, socket, channel, flushes, this::gone);
                    open.add(client);
                    client.open();
                })
                .onFailure(failure -> {
                    router.counts().sockets.decrementAndGet();
                    context.fail(failure);
                });
    }

    private void gone(WampSocket client) {
        if (open.remove(client)) {
            router.counts().sockets.decrementAndGet();
        }
    }
}
