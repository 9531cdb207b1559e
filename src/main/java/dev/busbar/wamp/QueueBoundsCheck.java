package dev.busbar.wamp;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.ParkingConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;

/**
 * Finds the arguments that bound durable queues: the configured arguments, or else those that the broker has for the
 * configured bounds. Tries them at start-up with a queue that is deleted at once, so that a mistake does not show first
 * when a master subscribes.
 */
final class QueueBoundsCheck {

    private static final Logger LOG = CleanLogger.of(QueueBoundsCheck.class);

    private final Hub hub;
    private final ParkingConfig config;

    private QueueBoundsCheck(Hub hub, ParkingConfig config) {
        this.hub = hub;
        this.config = config;
    }

    /** @return the arguments; fails with a {@link BrokerException} that names the remedy if the broker refuses them */
    static Future<Map<String, Object>> of(Hub hub, ParkingConfig config) {
        var boundsCheck = new QueueBoundsCheck(hub, config);
        return config.filters().isEmpty()
                ? Future.succeededFuture(Map.of())
                : boundsCheck.arguments().compose(boundsCheck::tryQueue).recover(QueueBoundsCheck::refused);
    }

    private Future<Map<String, Object>> arguments() {
        var bounds = new QueueBounds(config.messages(), config.bytes(), config.age());
        return config.arguments().isEmpty()
                ? hub.withConnections(broker -> broker.consuming().arguments(bounds))
                : Future.succeededFuture(config.arguments());
    }

    private Future<Map<String, Object>> tryQueue(Map<String, Object> arguments) {
        var name = "busbar.wamp.trial." + UUID.randomUUID();
        var queue = new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, arguments);
        var topology =
                new Topology(hub.config().exchange(), queue, config.filters().subList(0, 1), true);
        return hub.withConnections(broker -> broker.consuming()
                // Does not wait for an exchange of others, because masters may.
                .subscribe(new SubscriptionSpec(name, topology, 1).startingEarly(), ignored -> {})
                .compose(live -> live.close())
                .compose(ignored -> broker.consuming().deleteQueueIfUnused(name))
                .map(arguments)
                .recover(failure -> unlessRefused(failure, arguments)));
    }

    /** Goes on with unproven arguments if the broker is away, because masters may wait for the broker. */
    private static Future<Map<String, Object>> unlessRefused(Throwable failure, Map<String, Object> arguments) {
        if (failure instanceof BrokerException known && known.kind().mayPass()) {
            LOG.warn(
                    "wamp.parking: could not check whether the broker accepts the queues of masters: {}",
                    known.getMessage());
            return Future.succeededFuture(arguments);
        }
        return Future.failedFuture(failure);
    }

    private static Future<Map<String, Object>> refused(Throwable failure) {
        return Future.failedFuture(new BrokerException(
                failure instanceof BrokerException known ? known.kind() : Kind.REFUSED,
                "wamp.parking: the broker refuses the queues that keep messages for masters that are away: "
                        + failure.getMessage()
                        + ". Set wamp.parking.arguments to queue arguments that the broker accepts,"
                        + " or wamp.parking.filters to [] to keep no messages",
                failure));
    }
}
