package dev.busbar.web.metrics;

import static java.util.stream.Collectors.groupingBy;

import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The meters of the configured routes, each summed over the route's instances. */
final class RouteMetrics implements MeterBinder {

    private static final Set<RouteEvent> OUTBOUND = EnumSet.of(
            RouteEvent.ACCEPTED,
            RouteEvent.CONFIRMED,
            RouteEvent.UNROUTABLE,
            RouteEvent.REFUSED,
            RouteEvent.REJECTED,
            RouteEvent.TIMED_OUT,
            RouteEvent.UNSENT,
            RouteEvent.DROPPED,
            RouteEvent.UNREADABLE);

    private static final Set<RouteEvent> INBOUND = inbound();

    private final BridgeStatus status;
    private final List<RouteConfig> routes;
    private volatile Map<String, List<RouteStatus>> latest = Map.of();

    RouteMetrics(Vertx vertx, List<RouteConfig> routes) {
        status = BridgeStatus.of(vertx);
        this.routes = routes;
    }

    private static Set<RouteEvent> inbound() {
        var events = EnumSet.complementOf(EnumSet.copyOf(OUTBOUND));
        events.addAll(List.of(RouteEvent.DROPPED, RouteEvent.REJECTED, RouteEvent.UNREADABLE));
        return events;
    }

    /** Reads the state of the routes. */
    void refresh() {
        latest = status.routes().stream().collect(groupingBy(RouteStatus::name));
    }

    private List<RouteStatus> instances(String route) {
        return latest.getOrDefault(route, List.of());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("busbar.requests.late", status, BridgeStatus::lateRequests)
                .description(
                        "requests of routes that arrived after their time-out and were not given to their handlers")
                .register(registry);
        for (var route : routes) {
            var inbound = route instanceof InboundRoute;
            bind(registry, route.name(), Tags.of("route", route.name(), "direction", inbound ? "inbound" : "outbound"));
            (inbound ? INBOUND : OUTBOUND).forEach(event -> bind(registry, route.name(), inbound, event));
        }
    }

    private void bind(MeterRegistry registry, String route, boolean inbound, RouteEvent event) {
        FunctionCounter.builder(
                        "busbar.route." + lowerCase(event, '.'),
                        this,
                        it -> it.sum(route, instance -> instance.counts().get(event)))
                .description(event.description())
                .tags("route", route, "direction", inbound ? "inbound" : "outbound")
                .register(registry);
    }

    private void bind(MeterRegistry registry, String route, Tags tags) {
        gauge("open", route, "deliveries in handlers, or messages published and unconfirmed", RouteStatus::open)
                .tags(tags)
                .register(registry);
        gauge("buffered", route, "messages that wait to be published", RouteStatus::buffered)
                .tags(tags)
                .register(registry);
        gauge(
                        "buffered.bytes",
                        route,
                        "bytes of bodies and headers not yet confirmed, or in hand",
                        RouteStatus::bufferedBytes)
                .tags(tags)
                .register(registry);
        gauge("instances", route, "instances of the verticle that run the route", instance -> 1)
                .tags(tags)
                .register(registry);
        for (var condition : Condition.values()) {
            Gauge.builder("busbar.route.condition", this, it -> it.worst(route) == condition ? 1 : 0)
                    .description("1 for the condition of the route in its worst instance, 0 for every other condition")
                    .tags(tags.and("condition", lowerCase(condition, '-')))
                    .register(registry);
        }
    }

    private Gauge.Builder<RouteMetrics> gauge(
            String name, String route, String description, ToDoubleFunction<RouteStatus> value) {
        return Gauge.builder("busbar.route." + name, this, it -> it.sum(route, value))
                .description(description);
    }

    private double sum(String route, ToDoubleFunction<RouteStatus> value) {
        return instances(route).stream().mapToDouble(value).sum();
    }

    private Condition worst(String route) {
        return instances(route).stream()
                .map(RouteStatus::condition)
                .max(Comparator.naturalOrder())
                .orElse(Condition.STOPPED);
    }

    private static String lowerCase(Enum<?> value, char between) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', between);
    }
}
