package dev.busbar.wamp;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.delivery.Decoded;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.wamp.QueueConsumer.Kept;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A durable queue for one subscription of one master, consumed while the master is there. Nothing is sent twice: what
 * is sent has been settled before, and what has been settled and could not be sent is owed to the next life of the
 * master. Confined to the hub's event loop.
 */
final class DurableQueue {

    private static final Logger LOG = CleanLogger.of(DurableQueue.class);
    private static final int BATCH_BYTES = 64 * 1024;

    private final Hub hub;
    private final Topology topology;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final ThrottledLog complaints;
    private final int prefetch;
    private final Runnable dropped;
    private final RecentDeliveries recent;
    private List<Kept> owed = List.of();
    private Future<Void> vacant = Future.succeededFuture();
    private QueueConsumer consumer;
    private dev.busbar.broker.Subscription subscription;
    /** What {@link #leave} was told last. */
    private boolean kept = true;

    /**
     * @param prefetch how many messages wait here at most, unsettled
     * @param dropped told of each message that nobody can be sent
     */
    DurableQueue(Hub hub, Topology topology, int prefetch, Runnable dropped) {
        this.hub = hub;
        this.topology = topology;
        this.prefetch = prefetch;
        this.dropped = dropped;
        recent = new RecentDeliveries(prefetch);
        complaints = new ThrottledLog(LOG, Level.WARN, topology.queue().name());
        maxBytes = hub.config().broker().maxMessageBytes();
        codec = new PayloadCodec(hub.config().datetimes(), maxBytes);
    }

    String queue() {
        return topology.queue().name();
    }

    /** @return completes when the queue is bound and consumed; waits until whoever was here has left */
    Future<Void> enter(QueueConsumer newcomer) {
        var before = vacant;
        var left = Promise.<Void>promise();
        vacant = left.future();
        newcomer.left = left;
        return before.compose(free -> hub.withConnections(broker -> broker.consuming()
                        .subscribe(new SubscriptionSpec(queue(), topology, prefetch), this::arrived)
                        .map(live -> {
                            subscription = live;
                            consumer = newcomer;
                            kept = true;
                            return (Void) null;
                        })))
                .onFailure(failure -> left.tryComplete());
    }

    private void arrived(Delivery delivery) {
        if (delivery.redelivered()) {
            waiting.removeIf(earlier -> !earlier.live());
        }
        waiting.add(delivery);
        next();
    }

    /** The occupant has room for more. */
    void ask(QueueConsumer asking) {
        asking.hasRoom = true;
        next();
    }

    /** Given over a turn later, when the settlements are on their way; what is owed goes alone, lest it grow. */
    private void next() {
        if (consumer == null || !consumer.hasRoom || owed.isEmpty() && waiting.isEmpty()) {
            return;
        }
        var batch = new ArrayList<>(owed);
        owed = List.of();
        if (batch.isEmpty()) {
            take(batch);
        }
        if (!batch.isEmpty()) {
            consumer.hasRoom = false;
            var taking = consumer;
            hub.vertx().runOnContext(ignored -> taking.give(batch));
        }
    }

    /** What waits on is not settled, and for another node if the master goes there. */
    private void take(List<Kept> batch) {
        for (long bytes = 0; !waiting.isEmpty() && (batch.isEmpty() || bytes < BATCH_BYTES); ) {
            var delivery = waiting.poll();
            if (delivery.live()) {
                bytes += delivery.message().body().length();
                settle(delivery, batch);
            }
        }
    }

    private void settle(Delivery delivery, List<Kept> batch) {
        var decoded = Decoded.of(delivery, codec, maxBytes);
        if (!recent.isNew(delivery)) {
            LOG.debug("{}: delivered again, and not sent again", queue());
        } else if (decoded.problem() == null) {
            batch.add(new Kept(delivery.message(), decoded.body()));
        } else {
            dropped.run();
            complaints.add("a message with the key '" + delivery.message().routingKey() + "' is dropped: "
                    + decoded.problem());
        }
        delivery.settle(Settlement.ACCEPTED);
    }

    /** What the occupant has been given and could not send, in order. */
    void owe(List<Kept> unsent) {
        owed = kept ? unsent : List.of();
    }

    /** @param keep whether the queue stays */
    void leave(QueueConsumer leaver, boolean keep) {
        if (consumer != leaver) {
            return;
        }
        consumer = null;
        kept = keep;
        subscription.close().onComplete(closed -> {
            waiting.clear();
            if (!keep) {
                owed = List.of();
            }
            (keep ? Future.succeededFuture() : delete()).onComplete(done -> leaver.afterAll(leaver.left::complete));
        });
    }

    private Future<?> delete() {
        return hub.withConnections(broker -> broker.consuming().deleteQueueIfUnused(queue()))
                .onFailure(failure -> LOG.warn("{} could not be deleted: {}", queue(), failure.getMessage()));
    }
}
