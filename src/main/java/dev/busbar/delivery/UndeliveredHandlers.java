package dev.busbar.delivery;

import dev.busbar.broker.Topology;
import dev.busbar.config.InboundRoute;

/** Chooses a route's last resort, and says what has to exist on the broker for it. */
public final class UndeliveredHandlers {

    private UndeliveredHandlers() {}

    public static UndeliveredHandler of(InboundRoute route, ConfirmedPublisher publisher) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> new DeadLetter(route.name(), route.exchange().name(), publisher);
            case PARK -> new Park(route.name(), owner(route), publisher);
            case DROP -> new Drop();
        };
    }

    /** @return {@code null} when nothing is needed */
    public static Topology topology(InboundRoute route) {
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
