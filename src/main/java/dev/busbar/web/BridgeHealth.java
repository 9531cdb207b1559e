package dev.busbar.web;

import dev.busbar.cluster.Membership;
import dev.busbar.config.RouteConfig;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The readiness checks: {@code bridge} for the whole node, {@code routes/…} for each route, and on a node of a cluster
 * {@code cluster} for the members that the node sees. The check {@code cluster} is up even if members are missing,
 * because the broker distributes the messages. A route that works in part is up, so that messages are accepted which
 * can be buffered; its data give the condition {@code DEGRADED} and the reason.
 */
final class BridgeHealth {

    private final Vertx vertx;
    private final BridgeStatus status;
    private final Supplier<BridgePhase> phase;

    private BridgeHealth(Vertx vertx, Supplier<BridgePhase> phase) {
        this.vertx = vertx;
        this.status = BridgeStatus.of(vertx);
        this.phase = phase;
    }

    static HealthChecks of(Vertx vertx, List<RouteConfig> routes, Supplier<BridgePhase> phase) {
        var health = new BridgeHealth(vertx, phase);
        var checks = HealthChecks.create(vertx).register("bridge", check -> check.complete(health.bridge()));
        if (vertx.isClustered()) {
            checks.register("cluster", check -> check.complete(health.cluster()));
        }
        for (var route : routes) {
            checks.register("routes/" + route.name(), check -> check.complete(health.route(route.name())));
        }
        return checks;
    }

    private Status bridge() {
        var running = phase.get() == BridgePhase.RUNNING;
        var data = new JsonObject()
                .put("phase", phase.get().name())
                .put("condition", (running ? whole() : Condition.DOWN).name());
        return running ? Status.OK(data) : Status.KO(data);
    }

    /** Down if the route is down in any instance of the verticle, or runs in none. */
    private Status route(String name) {
        var instances = status.route(name);
        if (instances.isEmpty()) {
            return Status.KO(new JsonObject().put("condition", Condition.DOWN).put("detail", "not running"));
        }
        var condition = worst(instances);
        var data = new JsonObject()
                .put("condition", condition.name())
                .put("direction", instances.get(0).direction())
                .put("address", instances.get(0).address());
        instances.stream()
                .filter(route -> route.condition() == condition && route.detail() != null)
                .findFirst()
                .ifPresent(route -> data.put("detail", route.detail()));
        data.put("open", instances.stream().mapToInt(RouteStatus::open).sum());
        data.put("buffered", instances.stream().mapToInt(RouteStatus::buffered).sum());
        return isUp(condition) ? Status.OK(data) : Status.KO(data);
    }

    /**
     * The condition of all routes together; a node whose routes stand by is as ready as one whose routes are active.
     */
    private Condition whole() {
        var worst = worst(status.routes());
        return worst == Condition.STANDBY ? Condition.READY : worst;
    }

    private Status cluster() {
        var membership = Membership.of(vertx);
        if (membership == null) {
            return Status.OK(new JsonObject().put("detail", "not joined"));
        }
        return Status.OK(new JsonObject().put("members", membership.size()).put("missing", membership.missing()));
    }

    private static boolean isUp(Condition condition) {
        return condition != Condition.DOWN && condition != Condition.STOPPED;
    }

    private static Condition worst(List<RouteStatus> routes) {
        return routes.stream()
                .map(RouteStatus::condition)
                .max(Comparator.naturalOrder())
                .orElse(Condition.READY);
    }
}
