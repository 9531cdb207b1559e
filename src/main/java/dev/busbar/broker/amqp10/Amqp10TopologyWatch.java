package dev.busbar.broker.amqp10;

import dev.busbar.broker.Bindings;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks from time to time whether a consumer still gets what it should, because the broker reports no loss: an exchange
 * that was deleted and declared again has lost the binding.
 */
final class Amqp10TopologyWatch {

    private static final long LOOK_PERIOD_MILLIS = 10_000;

    private final Vertx vertx;
    private final Topology topology;
    private final Bindings bindings;
    private long timer = -1;
    private boolean looking;

    Amqp10TopologyWatch(Vertx vertx, Topology topology, Bindings bindings) {
        this.vertx = vertx;
        this.topology = topology;
        this.bindings = bindings;
    }

    /** Watches this queue instead of an earlier one. On the event loop. */
    void watch(LinkLifecycle.Session session, String queue) {
        end();
        // Starts at a random time, because a thousand consumers in step would ask in one instant.
        var first = ThreadLocalRandom.current().nextLong(LOOK_PERIOD_MILLIS) + 1;
        timer = vertx.setPeriodic(first, LOOK_PERIOD_MILLIS, id -> look(session, queue));
    }

    private void look(LinkLifecycle.Session session, String queue) {
        if (looking || !session.present()) {
            return;
        }
        looking = true;
        renewed(session.peer(), queue)
                .onComplete(ignored -> looking = false)
                .onFailure(failure ->
                        session.giveUp(AmqpErrors.translate(failure, "looking after queue '" + queue + "'")));
    }

    private Future<Void> renewed(Peer peer, String queue) {
        return topology.others()
                ? peer.dialect().find(peer, topology).mapEmpty()
                : bindings.again(filters -> peer.dialect().renew(peer, topology.bound(filters), queue));
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
