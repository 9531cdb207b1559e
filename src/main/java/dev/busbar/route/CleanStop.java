package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.ConnectionState;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueLife;
import dev.busbar.config.RouteConfig;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Removes the {@code until-stop} queues at a clean stop. What another instance or node still consumes stays, for the
 * last one to remove. All else stays, exchanges above all: nobody can tell whether others publish to one.
 */
final class CleanStop {

    private static final Logger LOG = CleanLogger.of(CleanStop.class);

    private CleanStop() {}

    /** @param publishing which has declared the queues of what waits for another attempt; {@code null} if none has */
    static Future<Void> of(BrokerConnection connection, BrokerConnection publishing, List<RouteConfig> routes) {
        // With those in which its messages wait.
        var queues = new LinkedHashMap<String, Set<String>>();
        for (var route : routes) {
            if (route instanceof InboundRoute inbound && inbound.queue().life() == QueueLife.UNTIL_STOP) {
                var waiting = queues.computeIfAbsent(inbound.queue().name(), name -> new LinkedHashSet<>());
                if (inbound.retriesInBroker()) {
                    waiting.addAll(DelayQueue.names(inbound));
                }
            }
        }
        if (!(connection.state() instanceof ConnectionState.Connected)) {
            if (!queues.isEmpty()) {
                LOG.warn(
                        "the broker is away: queues {} stay, and deliver what they hold at the next start",
                        queues.keySet());
            }
            return Future.succeededFuture();
        }
        // What waits is for whoever still consumes the queue, although nobody consumes where it waits.
        return BoundedConcurrency.each(
                queues.keySet(),
                queue -> remove(connection, queue)
                        .compose(gone -> gone
                                ? BoundedConcurrency.each(
                                        queues.get(queue),
                                        waiting -> remove(publishing, waiting).mapEmpty())
                                : Future.succeededFuture()));
    }

    /** @return whether it is gone */
    private static Future<Boolean> remove(BrokerConnection connection, String queue) {
        return connection.deleteQueueIfUnused(queue).transform(result -> {
            if (result.failed()) {
                LOG.warn(
                        "queue '{}' could not be removed at the stop: {}",
                        queue,
                        result.cause().getMessage());
            } else {
                LOG.debug("queue '{}' {}", queue, result.result() ? "removed" : "is still used and stays");
            }
            return Future.succeededFuture(result.succeeded() && result.result());
        });
    }
}
