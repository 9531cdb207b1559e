package dev.busbar.route;

import dev.busbar.cluster.Membership;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tells how the routes are that run in one Vert.x instance. May be asked from any thread. */
public final class BridgeStatus {

    private static final String MAP = "dev.busbar.routes";

    private record Entry(String route, String deployment, Supplier<RouteStatus> status) implements Shareable {}

    private final Vertx vertx;
    private final Map<String, Entry> entries;

    private BridgeStatus(Vertx vertx) {
        this.vertx = vertx;
        entries = vertx.sharedData().getLocalMap(MAP);
    }

    /**
     * Returns the status of a Vert.x instance, whether routes run in it already or not.
     *
     * @param vertx where a {@link BridgeVerticle} is deployed, or will be
     * @return what always tells how its routes are at the time of asking
     */
    public static BridgeStatus of(Vertx vertx) {
        return new BridgeStatus(vertx);
    }

    /**
     * Returns how all routes are.
     *
     * @return one for each route and instance, by name, then instance
     */
    public List<RouteStatus> routes() {
        return entries.values().stream()
                .map(entry -> entry.status().get())
                .sorted(Comparator.comparing(RouteStatus::name).thenComparing(RouteStatus::instance))
                .toList();
    }

    /**
     * Returns how many requests have reached this Vert.x after their deadline, and were kept from their handlers.
     *
     * @return the number since the first route began
     */
    public long lateRequests() {
        var membership = Membership.of(vertx);
        return membership == null ? 0 : membership.lateRequests().count();
    }

    /**
     * Returns how one route is.
     *
     * @param name that of the configuration
     * @return one for each of its instances, in order; empty if no such route runs
     */
    public List<RouteStatus> route(String name) {
        return entries.values().stream()
                .filter(entry -> entry.route().equals(name))
                .map(entry -> entry.status().get())
                .sorted(Comparator.comparing(RouteStatus::instance))
                .toList();
    }

    /**
     * Adds an instance of a route.
     *
     * @throws RouteException if another deployment runs a route of that name
     */
    void add(String route, int instance, String deployment, Supplier<RouteStatus> status) {
        for (var other : entries.values()) {
            if (other.route().equals(route) && !other.deployment().equals(deployment)) {
                throw new RouteException(
                        route,
                        "is deployed in this Vert.x already: deploy it once, with as many instances as wanted, or name it"
                                + " otherwise");
            }
        }
        entries.put(key(route, instance), new Entry(route, deployment, status));
    }

    /** Removes an instance that this deployment has added; leaves one of another deployment. */
    void remove(String route, int instance, String deployment) {
        entries.computeIfPresent(
                key(route, instance), (key, entry) -> entry.deployment().equals(deployment) ? null : entry);
    }

    private static String key(String route, int instance) {
        return route + "#" + instance;
    }
}
