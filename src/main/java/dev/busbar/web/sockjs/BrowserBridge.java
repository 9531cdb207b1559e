package dev.busbar.web.sockjs;

import dev.busbar.access.Authenticator;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.codec.Utf8;
import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.socket.FlushScheduler;
import dev.busbar.socket.NettyAccess;
import dev.busbar.socket.WebSocketInput;
import dev.busbar.verticle.ContextCalls;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Serves the event bus bridge for browsers on one event loop: the one on which it was made. */
public final class BrowserBridge {

    /** The interval of vertx-web's own heartbeats. */
    private static final long HEARTBEAT_MILLIS = 25_000;

    private final Vertx vertx;
    private final Context eventLoop;
    private final BrowserContext shared;

    public BrowserBridge(Vertx vertx, Hub hub, WebConfig config, Authenticator authenticator, Browsers browsers) {
        this.vertx = vertx;
        eventLoop = vertx.getOrCreateContext();
        var flushes = new FlushScheduler(((ContextInternal) eventLoop).nettyEventLoop());
        shared = new BrowserContext(vertx, hub, config, authenticator, flushes, browsers, new LinkedHashSet<>());
        browsers.add(this);
        forEachSocketEvery(HEARTBEAT_MILLIS, BrowserSocket::heartbeat);
        forEachSocketEvery(shared.limits().pingTimeout().toMillis() / 2, BrowserSocket::checkSilence);
    }

    /** Starts one timer for all sockets. */
    private void forEachSocketEvery(long millis, Consumer<BrowserSocket> action) {
        vertx.setPeriodic(millis, ignored -> List.copyOf(shared.sockets()).forEach(action));
    }

    /** Returns the open sockets, the oldest first; only for the event loop. */
    Set<BrowserSocket> sockets() {
        return shared.sockets();
    }

    /** Returns the sockets that have been open longest, at most {@code max}. May be called from any thread. */
    Future<List<BrowserStatus>> oldest(int max) {
        return ContextCalls.call(
                eventLoop,
                () -> Future.succeededFuture(shared.sockets().stream()
                        .limit(max)
                        .map(BrowserSocket::status)
                        .toList()));
    }

    /**
     * Returns the bridge's router, to be mounted at {@code /eventbus/*}, behind a body handler.
     *
     * @param badRequests registers the answers to bad requests at a router; called for each router that is made here
     */
    public Router router(Consumer<Router> badRequests) {
        var router = Router.router(vertx);
        badRequests.accept(router);
        router.routeWithRegex(OfferedTransports.REFUSED_PATHS)
                .handler(context -> context.response().setStatusCode(404).end("This is not offered here.\n"));
        router.get("/websocket").handler(upgrading(WebSocketTransport::new));
        router.getWithRegex("/[^/.]+/[^/.]+/websocket").handler(upgrading(SockJsWebSocketTransport::new));
        // vertx-web closes the connection after a poll without announcing it, and a client that used it again would
        // lose its request.
        router.postWithRegex("/[^/]+/[^/]+/xhr").handler(context -> {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.next();
        });
        router.post("/*").handler(BrowserBridge::requireUtf8);
        // vertx-web answers only GET at these paths.
        router.routeWithRegex(HttpMethod.HEAD, OfferedTransports.READABLE_PATHS)
                .handler(context ->
                        context.reroute(HttpMethod.GET, context.request().path()));
        // Tells nginx not to buffer a streamed response.
        router.route("/*").handler(context -> {
            context.response().putHeader("X-Accel-Buffering", "no");
            context.next();
        });
        var sockJs = SockJSHandler.create(vertx, OfferedTransports.options())
                .socketHandler(socket -> open(
                        new SockJsTransport(socket),
                        socket.routingContext().request().getHeader("Authorization")));
        badRequests.accept(sockJs);
        router.route("/*").subRouter(sockJs);
        return router;
    }

    /** Refuses a body that is not UTF-8, as is done for WebSockets: vertx-web would replace the invalid bytes. */
    private static void requireUtf8(RoutingContext context) {
        try {
            var body = context.body().buffer();
            Utf8.text(body == null ? Buffer.buffer() : body);
            context.next();
        } catch (UnreadablePayloadException notUtf8) {
            context.response().setStatusCode(400).end("The body is not UTF-8.\n");
        }
    }

    /** Returns a handler that accepts WebSockets; other requests are left to vertx-web, which refuses them. */
    private Handler<RoutingContext> upgrading(
            BiFunction<ServerWebSocket, ChannelHandlerContext, BrowserTransport> transport) {
        return context -> {
            var request = context.request();
            if (request.canUpgradeToWebSocket()) {
                var authorization = request.getHeader("Authorization");
                request.toWebSocket()
                        .onSuccess(socket -> {
                            var channel = NettyAccess.of(request);
                            WebSocketInput.check(channel, shared.limits().frameBytes());
                            open(transport.apply(socket, channel), authorization);
                        })
                        .onFailure(context::fail);
            } else {
                context.next();
            }
        };
    }

    private void open(BrowserTransport transport, String authorization) {
        new BrowserSocket(shared, transport).open(authorization);
    }
}
