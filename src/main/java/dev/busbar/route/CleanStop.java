package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.ConnectionState;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import dev.busbar.text.CleanLogger;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * Removes what should not outlive a clean stop: {@code until-stop} queues, and exchanges that nothing is bound to any
 * more. What another instance or node still uses stays, for the last one to remove. An exchange that is bound to a
 * persistent queue of these routes is used for certain: the broker, which notes refusals as errors, is not asked.
 */
final class CleanStop {

    private static final Logger LOG = CleanLogger.of(CleanStop.class);

    private CleanStop() {}

    static Future<Void> of(BrokerConnection connection, List<RouteConfig> routes) {
        var queues = new LinkedHashSet<String>();
        var exchanges = new LinkedHashSet<String>();
        var used = new HashSet<String>();
        for (var route : routes) {
            if (route instanceof InboundRoute inbound) {
                switch (inbound.queue().life()) {
                    case UNTIL_STOP -> queues.add(inbound.queue().name());
                    case PERSISTENT -> {
                        if (!inbound.filters().isEmpty()) {
                            used.add(inbound.exchange().name());
                        }
                    }
                    case TRANSIENT -> {
                        // Gone with the connection.
                    }
                }
            }
            if (route.exchange().isDeclared()) {
                exchanges.add(route.exchange().name());
            }
        }
        exchanges.removeAll(used);
        if (!(connection.state() instanceof ConnectionState.Connected)) {
            if (!queues.isEmpty()) {
                LOG.warn("the broker is away: queues {} stay, and deliver what they hold at the next start", queues);
            }
            return Future.succeededFuture();
        }
        return each(queues, connection::deleteQueueIfUnused, "queue")
                .compose(ignored -> each(exchanges, connection::deleteExchangeIfUnused, "exchange"));
    }

    private static Future<Void> each(
            LinkedHashSet<String> names, Function<String, Future<Boolean>> deletion, String what) {
        return Lanes.each(
                names,
                name -> deletion.apply(name).transform(result -> {
                    if (result.failed()) {
                        LOG.warn(
                                "{} '{}' could not be removed at the stop: {}",
                                what,
                                name,
                                result.cause().getMessage());
                    } else {
                        LOG.debug("{} '{}' {}", what, name, result.result() ? "removed" : "is still used and stays");
                    }
                    return Future.succeededFuture();
                }));
    }
}
