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

    /** Starts the route; completes when it works, fails with a {@link RouteException}. */
    Future<Void> start();

    /** Takes no more messages, and waits for those on their way until the deadline. */
    Future<Void> stop(Duration deadline);

    RouteStatus status();
}
