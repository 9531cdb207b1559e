package dev.busbar.web.api;

import dev.busbar.config.RouteConfig;
import dev.busbar.hub.Hub;
import dev.busbar.route.BridgeStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Describes the configured routes as JSON. */
final class RoutesView {

    private final Hub hub;
    private final BridgeStatus status;
    private final Depths depths;

    RoutesView(Hub hub) {
        this.hub = hub;
        this.status = BridgeStatus.of(hub.vertx());
        this.depths = new Depths(hub, RouteView.queues(hub.routes()));
    }

    /** Returns the routes in the order of the configuration, with the time, so that two answers give rates. */
    Future<JsonObject> all() {
        return depths.refresh().map(ignored -> {
            var routes = new JsonArray();
            hub.routes().forEach(route -> routes.add(json(route)));
            return new JsonObject().put("at", Instant.now().toString()).put("routes", routes);
        });
    }

    Future<JsonObject> one(String name) {
        return hub.routes().stream()
                .filter(route -> route.name().equals(name))
                .findFirst()
                .map(route -> depths.refresh().map(ignored -> json(route)))
                .orElseGet(() -> Future.failedFuture(ApiException.of(404, "there is no route '" + name + "'")));
    }

    private JsonObject json(RouteConfig route) {
        return RouteView.json(route, status.route(route.name()), depths);
    }
}
