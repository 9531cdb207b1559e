package dev.busbar.broker.amqp10;

import dev.busbar.broker.Bindings;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks now and then whether a consumer still gets what it should, because nobody tells it otherwise: an exchange that
 * was deleted and declared again has lost the binding.
 */
final class Amqp10TopologyWatch {

    private static final long PERIOD_MILLIS = 10_000;

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

    /** Watches this queue, and no other any more. On the event loop. */
    void watch(LinkLife.Session session, String queue) {
        end();
        // Not all in step: a thousand of them would ask in one instant.
        var first = ThreadLocalRandom.current().nextLong(PERIOD_MILLIS) + 1;
        timer = vertx.setPeriodic(first, PERIOD_MILLIS, id -> look(session, queue));
    }

    private void look(LinkLife.Session session, String queue) {
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
                ? peer.dialect().look(peer, topology).mapEmpty()
                : bindings.again(filters -> peer.dialect().renew(peer, topology.bound(filters), queue));
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
