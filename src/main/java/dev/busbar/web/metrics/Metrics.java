package dev.busbar.web.metrics;

import dev.busbar.config.RouteConfig;
import dev.busbar.hub.Hub;
import dev.busbar.web.sockjs.Browsers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;

/** Answers with all metrics of this node in the text format of Prometheus. */
public final class Metrics implements Handler<RoutingContext> {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Counter refused = Counter.builder("busbar.management.refused")
            .description("connections of the management port closed without an answer because there were too many")
            .register(registry);
    private final RouteMetrics routes;
    private volatile HubMetrics hub;

    public Metrics(Vertx vertx, List<RouteConfig> configured) {
        this.vertx = vertx;
        routes = new RouteMetrics(vertx, configured);
        routes.bindTo(registry);
        Stream.<MeterBinder>of(
                        collections,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** Counts a connection of the management port that was closed because there were too many. */
    public void connectionRefused() {
        refused.increment();
    }

    /** Adds the hub's metrics. To be called once. */
    public void watch(Hub watched) {
        var bound = new HubMetrics(watched);
        bound.bindTo(registry);
        hub = bound;
    }

    /** Adds the metrics of the browsers' sockets. To be called once. */
    public void watch(Browsers browsers) {
        new BrowserMetrics(browsers).bindTo(registry);
    }

    /** Adds further meters. */
    public void watch(MeterBinder others) {
        others.bindTo(registry);
    }

    @Override
    public void handle(RoutingContext context) {
        text().onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                        .end(text))
                .onFailure(context::fail);
    }

    Future<String> text() {
        routes.refresh();
        return (hub == null ? Future.<Void>succeededFuture() : hub.refresh())
                .compose(fresh -> vertx.executeBlocking(() -> registry.scrape(TEXT)));
    }

    public void close() {
        collections.close();
        registry.close();
    }
}
