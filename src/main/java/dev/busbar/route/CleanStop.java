package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.ConnectionState;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueLife;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Removes the {@code until-stop} queues at a clean stop. Queues that another instance or node still consumes stay, and
 * the last one removes them. Exchanges stay, because nobody can tell whether others publish to them.
 */
final class CleanStop {

    private static final Logger LOG = CleanLogger.of(CleanStop.class);

    private CleanStop() {}

    /**
     * Removes the queues of routes.
     *
     * @param publishing the connection that has declared the delay queues; {@code null} if there are none
     * @param routes those whose queues are known to be Busbar's, or as it would declare them
     */
    static Future<Void> of(BrokerConnection connection, BrokerConnection publishing, List<InboundRoute> routes) {
        // Each queue with the delay queues of its messages.
        var queues = new LinkedHashMap<String, Set<String>>();
        for (var route : routes) {
            if (route.queue().life() == QueueLife.UNTIL_STOP) {
                var waiting = queues.computeIfAbsent(route.queue().name(), name -> new LinkedHashSet<>());
                if (route.retriesInBroker()) {
                    waiting.addAll(DelayQueue.names(route));
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
        // Delay queues have no consumers, but their messages belong to whoever still consumes the queue itself.
        return BoundedConcurrency.each(
                queues.keySet(),
                queue -> remove(connection, queue)
                        .compose(gone -> gone
                                ? BoundedConcurrency.each(
                                        queues.get(queue),
                                        waiting -> remove(publishing, waiting).mapEmpty())
                                : Future.succeededFuture()));
    }

    /** Deletes the queue unless it is in use; the future tells whether it is gone, and never fails. */
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
