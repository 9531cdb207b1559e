package dev.busbar.web;

import dev.busbar.access.AccessException;
import dev.busbar.access.Authenticator;
import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.web.metrics.Metrics;
import dev.busbar.web.sockjs.Browsers;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Serves the management port. {@code /health/live} answers 200 while event loops run. {@code /health/ready} answers 200
 * when every route works, wholly or in part, and 503 otherwise. Both answers are JSON; that of readiness has the
 * condition of each route. {@code /metrics} answers in the text format of Prometheus. With {@code management.login},
 * metrics and the details of readiness are only for clients with a role that may observe.
 *
 * <p>The server is started before the bridge, so that a long start can be watched. {@link #phase(BridgePhase)} must be
 * called whenever the bridge reaches another phase.
 */
public final class ManagementServer {

    private static final Logger LOG = CleanLogger.of(ManagementServer.class);

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final BusbarConfig config;
    private final Metrics metrics;
    /** {@code null} without {@code management.login}. */
    private final Login login;

    private String deployment;
    private volatile int port;
    private volatile BridgePhase phase = BridgePhase.STARTING;

    private ManagementServer(Vertx vertx, BusbarConfig config, Login login) {
        this.vertx = vertx;
        this.config = config;
        this.login = login;
        metrics = new Metrics(vertx, config.routes());
    }

    /**
     * Starts the server.
     *
     * @return completes when the port is open; fails with a {@link ListenException} if it cannot be opened, and then
     *     nothing is left running
     */
    public static Future<ManagementServer> start(Vertx vertx, BusbarConfig config) {
        return login(vertx, config)
                .map(login -> new ManagementServer(vertx, config, login))
                .compose(ManagementServer::deploy)
                .recover(failure -> Future.failedFuture(refused(config, failure)));
    }

    private static Future<Login> login(Vertx vertx, BusbarConfig config) {
        return config.management().login()
                ? Authenticator.create(vertx, config.web())
                        .map(authenticator ->
                                new Login(authenticator, config.web().auth()))
                : Future.succeededFuture();
    }

    private Future<ManagementServer> deploy() {
        return vertx.deployVerticle(new Port())
                .map(id -> {
                    deployment = id;
                    return this;
                })
                .onFailure(failure -> metrics.close());
    }

    private static ListenException refused(BusbarConfig config, Throwable failure) {
        var settings = config.management();
        return failure instanceof AccessException
                ? new ListenException(failure.getMessage(), failure)
                : new ListenException(
                        "management.port = " + settings.port() + ": cannot listen on " + settings.host() + ":"
                                + settings.port() + " (" + failure.getMessage()
                                + "). Set management.port to a free one, to 0 for any, or management.enabled to false.",
                        failure);
    }

    private final class Port extends VerticleBase {

        @Override
        public Future<?> start() {
            var settings = config.management();
            var connections = new HttpConnections(
                    vertx, settings.connections(), settings.requestTimeout(), IDLE_TIMEOUT, metrics::connectionRefused);
            var headers = config.web().limits().headerBytes();
            var http = new HttpPort(vertx, LOG, "management", connections, Hosts.of(settings), headers);
            var router = http.router();
            router.route()
                    .handler(new Origins(config.web().origins(), settings.isLoopback()))
                    .handler(context -> {
                        context.response().putHeader("Cache-Control", "no-store");
                        context.response().putHeader("X-Content-Type-Options", "nosniff");
                        context.next();
                    });
            HttpPort.readable(router, "/health/live").handler(live());
            HttpPort.readable(router, "/health/ready").handler(ready());
            HttpPort.readable(router, "/metrics").handler(login == null ? metrics : login.only(metrics));
            return http.listen(new HttpServerOptions(), settings.port(), settings.host())
                    .onSuccess(server -> port = server.actualPort());
        }

        private Handler<RoutingContext> live() {
            return HealthCheckHandler.createWithHealthChecks(
                    HealthChecks.create(vertx).register("process", check -> check.complete(Status.OK())));
        }

        private Handler<RoutingContext> ready() {
            var checks = BridgeHealth.of(vertx, config.routes(), () -> phase);
            var details = HealthCheckHandler.createWithHealthChecks(checks);
            if (login == null) {
                return details;
            }
            var outcome = HealthCheckHandler.createWithHealthChecks(checks).resultMapper(result -> {
                var up = new Status().setOk(CheckResult.isUp(result));
                return Future.succeededFuture(CheckResult.from("", up));
            });
            return login.either(details, outcome);
        }
    }

    /** Adds the hub's metrics. To be called once. */
    public void watch(Hub hub) {
        metrics.watch(hub);
    }

    /** Adds the metrics of the browsers' sockets. To be called once. */
    public void watch(Browsers browsers) {
        metrics.watch(browsers);
    }

    /** Adds further meters. */
    public void watch(MeterBinder others) {
        metrics.watch(others);
    }

    /** Sets the phase that readiness tells from now on. May be called from any thread. */
    public void phase(BridgePhase reached) {
        phase = reached;
    }

    /** Returns the address of the port, e.g. {@code http://127.0.0.1:8081}, without a slash at the end. */
    public String url() {
        var host = config.management().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    public Future<Void> close() {
        metrics.close();
        return vertx.undeploy(deployment);
    }
}
