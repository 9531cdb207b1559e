package dev.busbar.route;

import dev.busbar.config.RouteConfig;
import io.vertx.core.Future;
import java.time.Duration;

/** One route in one verticle instance. */
interface Route {

    RouteConfig config();

    default String name() {
        return config().name();
    }

    /** @return completes when it works; fails with a {@link RouteException} */
    Future<Void> start();

    /** Takes nothing new, and finishes what is under way, at most that long. */
    Future<Void> stop(Duration deadline);

    RouteStatus status();
}
