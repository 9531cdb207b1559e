package dev.busbar.route;

import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports this node's routes to the other nodes: of each route the status of the instance that is worst. */
final class MemberReport {

    private MemberReport() {}

    static JsonArray routes(Vertx vertx) {
        Map<String, List<RouteStatus>> byName = BridgeStatus.of(vertx).routes().stream()
                .collect(Collectors.groupingBy(RouteStatus::name, LinkedHashMap::new, Collectors.toList()));
        var routes = new JsonArray();
        byName.values().forEach(instances -> routes.add(route(instances)));
        return routes;
    }

    private static JsonObject route(List<RouteStatus> instances) {
        var worst = instances.stream()
                .max(Comparator.comparing(RouteStatus::condition))
                .orElseThrow();
        return new JsonObject()
                .put("name", worst.name())
                .put("direction", worst.direction())
                .put("condition", name(worst.condition()))
                .put("detail", worst.detail());
    }

    private static String name(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT);
    }
}
