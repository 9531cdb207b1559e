package dev.busbar.web.api;

import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.RouteConfig;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Describes a route as JSON: its configuration, and its state over all its instances. */
final class RouteView {

    private static final String TRANSIENT = "the queue is transient: brokers tell its depth only to its consumer";

    private static final String ELSEWHERE = "the queue is on a broker that the console has no connection to";

    private RouteView() {}

    /**
     * Returns the names of the inbound routes' queues whose depth the broker tells; transient queues are not among
     * them.
     */
    static List<String> queues(List<RouteConfig> routes) {
        return routes.stream()
                .filter(route -> route instanceof InboundRoute && route.broker() == null)
                .map(route -> ((InboundRoute) route).queue())
                .filter(QueueConfig::outlivesConnection)
                .map(QueueConfig::name)
                .distinct()
                .toList();
    }

    /** @param instances the state of each instance; empty while the route does not run */
    static JsonObject json(RouteConfig route, List<RouteStatus> instances, Depths depths) {
        var json = new JsonObject()
                .put("name", route.name())
                .put("broker", route.broker())
                .put("exchange", route.exchange().name());
        if (route instanceof InboundRoute in) {
            inbound(json, in, depths);
        } else if (route instanceof OutboundRoute out) {
            json.put("direction", "outbound")
                    .put("address", out.address())
                    .put("key", out.key().toString());
        }
        return status(json, instances);
    }

    private static void inbound(JsonObject json, InboundRoute route, Depths depths) {
        json.put("direction", "inbound")
                .put("address", route.address())
                .put("queue", queue(route, depths))
                .put(
                        "filters",
                        new JsonArray(route.filters().stream()
                                .map(TopicFilter::toString)
                                .toList()))
                .put("delivery", lowerCase(route.delivery()))
                .put("then", lowerCase(route.onFailure().then()));
    }

    private static JsonObject queue(InboundRoute route, Depths depths) {
        var queue = route.queue();
        var depth = !queue.outlivesConnection()
                ? Depths.unknown(TRANSIENT)
                : route.broker() == null ? depths.of(queue.name()) : Depths.unknown(ELSEWHERE);
        return new JsonObject().put("name", queue.name()).mergeIn(depth);
    }

    private static JsonObject status(JsonObject json, List<RouteStatus> instances) {
        var condition = instances.stream()
                .map(RouteStatus::condition)
                .max(Comparator.naturalOrder())
                .orElse(Condition.STOPPED);
        var detail = instances.stream()
                .filter(it -> it.condition() == condition && it.detail() != null)
                .map(RouteStatus::detail)
                .findFirst();
        var counts = new JsonObject();
        for (var event : RouteEvent.values()) {
            counts.put(
                    camelCase(event),
                    instances.stream().mapToLong(it -> it.counts().get(event)).sum());
        }
        return json.put("condition", lowerCase(condition))
                .put("detail", instances.isEmpty() ? "not running" : detail.orElse(null))
                .put("instances", instances.size())
                .put("open", instances.stream().mapToInt(RouteStatus::open).sum())
                .put(
                        "buffered",
                        instances.stream().mapToInt(RouteStatus::buffered).sum())
                .put(
                        "bufferedBytes",
                        instances.stream().mapToLong(RouteStatus::bufferedBytes).sum())
                .put("counts", counts);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String camelCase(RouteEvent event) {
        var name = new StringBuilder();
        for (var word : event.name().split("_")) {
            var lower = word.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
        }
        return name.toString();
    }
}
