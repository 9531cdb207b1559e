package dev.busbar.web;

import dev.busbar.access.AccessException;
import dev.busbar.access.Authenticator;
import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.verticle.InterruptibleStart;
import dev.busbar.web.api.Api;
import dev.busbar.web.console.Console;
import dev.busbar.web.sockjs.BrowserBridge;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * Serves Busbar's HTTP port on several event loops: the event bus bridge for browsers at {@code /eventbus}, the JSON
 * API at {@code /api}, the console at {@code /}, and further {@linkplain Mount mounted} handlers.
 */
public final class WebServer {

    private static final Logger LOG = CleanLogger.of(WebServer.class);

    /** The lowest limit of HTTP connections of one event loop, however few sockets are permitted. */
    private static final int MIN_CONNECTION_LIMIT = 1_000;

    private static final AtomicInteger LAST_SHARED_PORT = new AtomicInteger();

    private final Vertx vertx;
    private final WebConfig config;
    private final Hub hub;
    private final List<Mount> mounts;
    private final Authenticator authenticator;
    private final Browsers browsers = new Browsers();
    private final Api api;
    private final Console console;
    private String deployment;
    /** The port to bind. Vert.x takes a negative number for a free port, which all servers with that number share. */
    private final int portToBind;

    private volatile int port;

    private WebServer(Vertx vertx, WebConfig config, Hub hub, List<Mount> mounts, Authenticator authenticator) {
        this.vertx = vertx;
        this.config = config;
        this.hub = hub;
        this.mounts = List.copyOf(mounts);
        this.authenticator = authenticator;
        api = new Api(vertx, hub, config, authenticator, browsers);
        console = new Console(vertx);
        portToBind = config.port() == 0 ? -1 - LAST_SHARED_PORT.incrementAndGet() : config.port();
    }

    /**
     * Starts the server.
     *
     * @return completes when the port is open; fails with a {@link ListenException} if it cannot be opened, and then
     *     nothing is left running
     */
    public static Future<WebServer> start(Vertx vertx, WebConfig config, Hub hub) {
        return start(vertx, config, hub, List.of());
    }

    /** Starts the server as {@link #start(Vertx, WebConfig, Hub)} does, with further handlers. */
    public static Future<WebServer> start(Vertx vertx, WebConfig config, Hub hub, List<Mount> mounts) {
        return Authenticator.create(vertx, config)
                .map(authenticator -> new WebServer(vertx, config, hub, mounts, authenticator))
                .compose(WebServer::deploy)
                .recover(failure -> Future.failedFuture(refused(config, failure)));
    }

    private static ListenException refused(WebConfig config, Throwable failure) {
        return failure instanceof AccessException
                ? new ListenException(failure.getMessage(), failure)
                : new ListenException(
                        "web.port = " + config.port() + ": cannot listen on " + config.host() + ":" + config.port()
                                + " ("
                                + failure.getMessage()
                                + "). Set web.port to a free one, to 0 for any, or web.enabled to false.",
                        failure);
    }

    private Future<WebServer> deploy() {
        int instances = config.instances() == null ? Runtime.getRuntime().availableProcessors() : config.instances();
        return vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(instances))
                .map(id -> {
                    deployment = id;
                    return this;
                });
    }

    /** The server's part on one event loop. */
    private final class Loop extends VerticleBase {

        @Override
        public Future<?> start() {
            var limits = config.limits();
            var maxFrameBytes = (int) limits.frameBytes();
            var maxMessageBytes =
                    (int) mounts.stream().mapToLong(Mount::messageBytes).reduce(maxFrameBytes, Math::max);
            var maxConnections = Math.max(2 * limits.sockets(), MIN_CONNECTION_LIMIT);
            var connections = new HttpConnections(
                    vertx, maxConnections, limits.requestTimeout(), limits.pingTimeout(), browsers::refused);
            var http = new HttpPort(vertx, LOG, "web", connections, Hosts.of(config), limits.headerBytes());
            var router = http.router();
            var origins = new Origins(config.origins(), config.isLoopback());
            var bridge =
                    new BrowserBridge(vertx, hub, config, authenticator, browsers).router(http::answerBadRequestsIn);
            router.route("/eventbus/*").handler(origins).failureHandler(WebServer::ignoreClosedConnection);
            router.post("/eventbus/*").handler(BodyHandler.create(false).setBodyLimit(maxFrameBytes));
            router.route("/eventbus/*").subRouter(bridge);
            mounts.forEach(mount -> router.route(mount.path())
                    .handler(origins)
                    .handler(mount.handler().get()));
            router.route("/api/*").handler(origins);
            HttpPort.readable(router, "/api/openapi.yaml").handler(console.file("/dev/busbar/web/api/openapi.yaml"));
            router.route("/api/*").subRouter(api.router());
            router.route("/*").subRouter(console.router());
            // Compression would be done anew for each socket, and needs a window of memory for each.
            var options = new HttpServerOptions()
                    .setMaxWebSocketFrameSize(maxMessageBytes)
                    .setMaxWebSocketMessageSize(maxMessageBytes)
                    .setWebSocketSubProtocols(
                            mounts.stream().map(Mount::subprotocol).toList())
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false);
            return InterruptibleStart.of(
                    context,
                    http.listen(options, portToBind, config.host()).onSuccess(server -> port = server.actualPort()));
        }
    }

    /** Ends the handling of a failure if the client has closed the connection and so gets no answer. */
    private static void ignoreClosedConnection(RoutingContext failed) {
        if (!(failed.failure() instanceof HttpClosedException)) {
            failed.next();
        }
    }

    /** Returns the browsers connected to this server. */
    public Browsers browsers() {
        return browsers;
    }

    /** Returns the address of the port, e.g. {@code http://127.0.0.1:8080}, without a slash at the end. */
    public String url() {
        return "http://" + (config.host().contains(":") ? "[" + config.host() + "]" : config.host()) + ":" + port;
    }

    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
