package dev.busbar.web;

import dev.busbar.broker.ThrottledLog;
import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import dev.busbar.web.metrics.Metrics;
import dev.busbar.web.sockjs.Browsers;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The port for machines: {@code /health/live} answers 200 while event loops turn, {@code /health/ready} 200 when every
 * route works, wholly or in part, and else 503. Both have JSON bodies, that of readiness with each route's condition.
 * {@code /metrics} has counts in the text format of Prometheus.
 *
 * <p>It is to be started before the bridge, so that a start that takes long can be watched, and told of the bridge's
 * {@linkplain #phase(BridgePhase) phase}.
 */
public final class ManagementServer {

    private static final int IDLE_SECONDS = 60;

    private final String host;
    private final Metrics metrics;
    private HttpServer server;
    private volatile BridgePhase phase = BridgePhase.STARTING;

    private ManagementServer(Vertx vertx, BusbarConfig config) {
        host = config.management().host();
        metrics = new Metrics(vertx, config.routes());
    }

    /** @return fails with a {@link ListenException} when the port is not to be had; then nothing is left running */
    public static Future<ManagementServer> start(Vertx vertx, BusbarConfig config) {
        var settings = config.management();
        var management = new ManagementServer(vertx, config);
        var live = HealthChecks.create(vertx).register("process", check -> check.complete(Status.OK()));
        var ready = BridgeHealth.of(vertx, config.routes(), () -> management.phase);
        var router = Router.router(vertx);
        router.get("/health/live").handler(HealthCheckHandler.createWithHealthChecks(live));
        router.get("/health/ready").handler(HealthCheckHandler.createWithHealthChecks(ready));
        router.get("/metrics").handler(management.metrics);
        var complaints = new ThrottledLog(LoggerFactory.getLogger(ManagementServer.class), Level.WARN, "management");
        BadRequests.answeredBy(
                router, failure -> complaints.add("a request could not be answered: " + failure, failure));
        var options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                // HTTP/2 is for nobody here, and of a connection cut off before it is known, Vert.x logs an error.
                .setHttp2ClearTextEnabled(false);
        management.server = vertx.createHttpServer(options)
                .connectionHandler(BadRequests::unlogged)
                .requestHandler(router);
        BadRequests.unlogged(management.server);
        return management
                .server
                .listen(settings.port(), settings.host())
                .map(management)
                .recover(failure -> management.close().transform(ignored -> refused(config, failure)));
    }

    private static Future<ManagementServer> refused(BusbarConfig config, Throwable failure) {
        var settings = config.management();
        return Future.failedFuture(new ListenException(
                "management.port = " + settings.port() + ": cannot listen on " + settings.host() + ":"
                        + settings.port() + " (" + failure.getMessage()
                        + "). Set management.port to a free one, to 0 for any, or management.enabled to false.",
                failure));
    }

    /** Counts what it does from now on. */
    public void watch(Hub hub) {
        metrics.watch(hub);
    }

    /** Likewise. */
    public void watch(Browsers browsers) {
        metrics.watch(browsers);
    }

    /** Likewise. */
    public void watch(MeterBinder others) {
        metrics.watch(others);
    }

    public void phase(BridgePhase reached) {
        phase = reached;
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.actualPort();
    }

    public Future<Void> close() {
        metrics.close();
        return server.close();
    }
}
