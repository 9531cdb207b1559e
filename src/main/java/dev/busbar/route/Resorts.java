package dev.busbar.route;

import dev.busbar.broker.Topology;
import dev.busbar.config.InboundRoute;

/** Chooses a route's last resort, and says what has to exist on the broker for it. */
final class Resorts {

    private Resorts() {}

    static LastResort of(InboundRoute route, Departure departure) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> new DeadLetter(route.name(), route.exchange().name(), departure);
            case PARK -> new Park(route.name(), owner(route), departure);
            case DROP -> new Drop();
        };
    }

    /** @return {@code null} when nothing is needed */
    static Topology topology(InboundRoute route) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> DeadLetter.topology(route.exchange().name());
            case PARK -> Park.topology(owner(route));
            case DROP -> null;
        };
    }

    private static String owner(InboundRoute route) {
        return route.queue().name() == null ? route.name() : route.queue().name();
    }
}
