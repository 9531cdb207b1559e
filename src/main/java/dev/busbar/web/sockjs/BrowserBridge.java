package dev.busbar.web.sockjs;

import dev.busbar.access.Authenticator;
import dev.busbar.access.Permissions;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.codec.Utf8;
import dev.busbar.config.SlowReader;
import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.socket.FlushScheduler;
import dev.busbar.socket.NettyAccess;
import dev.busbar.socket.WebSocketInput;
import dev.busbar.topic.TopicFilter;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
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

/** Serves the sockets of browsers, on the event loop it was made on. */
public final class BrowserBridge {

    /** As often as vertx-web's own. */
    private static final long HEARTBEAT_MILLIS = 25_000;

    final Vertx vertx;
    final Hub hub;
    final WebConfig config;
    final Authenticator authenticator;
    final FlushScheduler flushes;
    final Browsers browsers;
    final Context home;
    /** In the order in which they came. */
    final Set<BrowserSocket> sockets = new LinkedHashSet<>();

    public BrowserBridge(Vertx vertx, Hub hub, WebConfig config, Authenticator authenticator, Browsers browsers) {
        this.vertx = vertx;
        this.hub = hub;
        this.config = config;
        this.authenticator = authenticator;
        this.browsers = browsers;
        home = vertx.getOrCreateContext();
        flushes = new FlushScheduler(((ContextInternal) home).nettyEventLoop());
        browsers.add(this);
        everyOne(HEARTBEAT_MILLIS, BrowserSocket::heartbeat);
        everyOne(config.limits().pingTimeout().toMillis() / 2, BrowserSocket::checkSilence);
    }

    /** One timer for all sockets. */
    private void everyOne(long millis, Consumer<BrowserSocket> work) {
        vertx.setPeriodic(millis, ignored -> List.copyOf(sockets).forEach(work));
    }

    /**
     * To be mounted at {@code /eventbus/*}, behind a body handler.
     *
     * @param refusing says how a router answers what is no proper request; told of each
     */
    public Router router(Consumer<Router> refusing) {
        var router = Router.router(vertx);
        refusing.accept(router);
        router.routeWithRegex(OfferedTransports.REFUSED_PATHS)
                .handler(context -> context.response().setStatusCode(404).end("This is not offered here.\n"));
        router.get("/websocket").handler(upgrading(WebSocketTransport::new));
        router.getWithRegex("/[^/.]+/[^/.]+/websocket").handler(upgrading(SockJsWebSocketTransport::new));
        // vertx-web closes the connection of a poll without saying so, and who uses it again loses what they send.
        router.postWithRegex("/[^/]+/[^/]+/xhr").handler(context -> {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.next();
        });
        router.post("/*").handler(BrowserBridge::requireUtf8);
        // vertx-web answers GET only.
        router.routeWithRegex(HttpMethod.HEAD, OfferedTransports.READABLE_PATHS)
                .handler(context ->
                        context.reroute(HttpMethod.GET, context.request().path()));
        // Else nginx keeps what is streamed until there is more of it.
        router.route("/*").handler(context -> {
            context.response().putHeader("X-Accel-Buffering", "no");
            context.next();
        });
        var sockJs = SockJSHandler.create(vertx, OfferedTransports.options())
                .socketHandler(socket -> open(
                        new SockJsTransport(socket),
                        socket.routingContext().request().getHeader("Authorization")));
        refusing.accept(sockJs);
        router.route("/*").subRouter(sockJs);
        return router;
    }

    /** As of WebSockets: vertx-web would make another text of it. */
    private static void requireUtf8(RoutingContext context) {
        try {
            var body = context.body().buffer();
            Utf8.text(body == null ? Buffer.buffer() : body);
            context.next();
        } catch (UnreadablePayloadException notUtf8) {
            context.response().setStatusCode(400).end("The body is not UTF-8.\n");
        }
    }

    /** What is no WebSocket is left to vertx-web to refuse. */
    private Handler<RoutingContext> upgrading(
            BiFunction<ServerWebSocket, ChannelHandlerContext, BrowserTransport> line) {
        return context -> {
            var request = context.request();
            if (request.canUpgradeToWebSocket()) {
                var authorization = request.getHeader("Authorization");
                request.toWebSocket()
                        .onSuccess(socket -> {
                            var channel = NettyAccess.of(request);
                            WebSocketInput.check(channel, config.limits().frameBytes());
                            open(line.apply(socket, channel), authorization);
                        })
                        .onFailure(context::fail);
            } else {
                context.next();
            }
        };
    }

    private void open(BrowserTransport transport, String authorization) {
        new BrowserSocket(this, transport).open(authorization);
    }

    SlowReader policy(String address) {
        return config.slowReaders().stream()
                .filter(rule -> rule.addresses().stream().anyMatch(it -> isWithin(it, address)))
                .findFirst()
                .map(rule -> rule.policy())
                .orElse(config.limits().whenSlow());
    }

    private static boolean isWithin(String rule, String address) {
        var prefix = Permissions.BROKER;
        return rule.equals(address)
                || rule.startsWith(prefix)
                        && address.startsWith(prefix)
                        && TopicFilter.parse(rule.substring(prefix.length()))
                                .covers(TopicFilter.parse(address.substring(prefix.length())));
    }
}
