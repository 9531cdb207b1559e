package dev.busbar.wamp;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Mismatch;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.delivery.Decoded;
import dev.busbar.hub.Hub;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.wamp.QueueConsumer.SettledMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A durable queue for one subscription of one Buildbot master, consumed while the master is connected. No message is
 * sent twice: a message is settled before it is sent, and a message that was settled and could not be sent is given
 * back and goes to the master's next session. Confined to the hub's event loop.
 */
final class DurableQueue {

    private static final Logger LOG = CleanLogger.of(DurableQueue.class);
    /** How soon the consumer of an earlier session is gone. */
    private static final long RIVAL_CHECK_MILLIS = 5_000;

    private static final int BATCH_BYTES = 64 * 1024;

    private final Hub hub;
    private final Topology topology;
    private final PayloadCodec codec;
    private final long maxMessageBytes;
    private final ArrayDeque<Delivery> unsettled = new ArrayDeque<>();
    private final ThrottledLog warnings;
    private final int prefetch;
    private final Runnable onDropped;
    private final RecentDeliveries recent;
    private List<SettledMessage> givenBack = List.of();
    private Future<Void> lastDetached = Future.succeededFuture();
    private QueueConsumer consumer;
    private Subscription subscription;
    /** What the last call of {@link #detach} said: whether the queue stays. */
    private boolean kept = true;

    /**
     * @param prefetch how many unsettled messages the broker delivers at most
     * @param onDropped called for each message that cannot be decoded
     */
    DurableQueue(Hub hub, Topology topology, int prefetch, Runnable onDropped) {
        this.hub = hub;
        this.topology = topology;
        this.prefetch = prefetch;
        this.onDropped = onDropped;
        recent = new RecentDeliveries(prefetch);
        warnings = new ThrottledLog(LOG, Level.WARN, topology.queue().name());
        maxMessageBytes = hub.config().broker().maxMessageBytes();
        codec = new PayloadCodec(hub.config().datetimes(), maxMessageBytes);
    }

    String queue() {
        return topology.queue().name();
    }

    /**
     * Attaches a consumer.
     *
     * @return completes when the queue is bound and consumed, after the consumer before has detached; waits for an
     *     exchange that others have yet to declare, because nothing is kept before
     */
    Future<Void> attach(QueueConsumer newcomer) {
        var before = lastDetached;
        var detached = Promise.<Void>promise();
        lastDetached = detached.future();
        newcomer.detached = detached;
        return before.compose(free -> hub.withConnections(broker -> broker.consuming()
                        .subscribe(new SubscriptionSpec(queue(), topology, prefetch), this::received)
                        .map(live -> {
                            subscription = live;
                            consumer = newcomer;
                            kept = true;
                            hub.vertx().setTimer(RIVAL_CHECK_MILLIS, id -> warnOfRival(newcomer));
                            return (Void) null;
                        })))
                .recover(failure -> Future.failedFuture(Mismatch.ofOwnQueue(queue(), failure)))
                .onFailure(failure -> detached.tryComplete());
    }

    /**
     * Warns if the queue has another consumer, which gets the messages instead: a second Busbar for another Buildbot,
     * one of whose masters has the same id. The consumer of an earlier session of the master is gone by now.
     */
    private void warnOfRival(QueueConsumer mine) {
        if (consumer == mine) {
            hub.withConnections(broker -> broker.consuming().depth(queue())).onSuccess(depth -> {
                if (consumer == mine && depth.consumers() > 1) {
                    warnings.add(
                            "another Busbar consumes this queue too, and one of the two gets its messages. If it serves"
                                    + " another Buildbot, give each an exchange of its own; if the two are nodes of one cluster,"
                                    + " run them with --cluster");
                }
            });
        }
    }

    private void received(Delivery delivery) {
        if (delivery.redelivered()) {
            unsettled.removeIf(earlier -> !earlier.live());
        }
        unsettled.add(delivery);
        deliverNext();
    }

    /** Delivers one more batch to the consumer, now or as soon as there are messages. */
    void requestMore(QueueConsumer requesting) {
        requesting.wantsMore = true;
        deliverNext();
    }

    /**
     * Delivers a batch in the next turn of the event loop, when its settlements are on their way. What was given back
     * is a batch of its own, so that it does not grow from session to session.
     */
    private void deliverNext() {
        if (consumer == null || !consumer.wantsMore || givenBack.isEmpty() && unsettled.isEmpty()) {
            return;
        }
        var batch = new ArrayList<>(givenBack);
        givenBack = List.of();
        if (batch.isEmpty()) {
            settleInto(batch);
        }
        if (!batch.isEmpty()) {
            consumer.wantsMore = false;
            var receiver = consumer;
            hub.vertx().runOnContext(ignored -> receiver.deliver(batch));
        }
    }

    /** Settles no more than one batch: the broker gives the rest to another node if the master connects there. */
    private void settleInto(List<SettledMessage> batch) {
        for (long bytes = 0; !unsettled.isEmpty() && (batch.isEmpty() || bytes < BATCH_BYTES); ) {
            var delivery = unsettled.poll();
            if (delivery.live()) {
                bytes += delivery.message().body().length();
                settle(delivery, batch);
            }
        }
    }

    private void settle(Delivery delivery, List<SettledMessage> batch) {
        var decoded = Decoded.of(delivery, codec, maxMessageBytes);
        if (!recent.isNew(delivery)) {
            LOG.debug("{}: a message is delivered again, and is not sent again", queue());
        } else if (decoded.problem() == null) {
            batch.add(new SettledMessage(delivery.message(), decoded.body()));
        } else {
            onDropped.run();
            warnings.add("a message with the key '" + delivery.message().routingKey() + "' is dropped: "
                    + decoded.problem());
        }
        delivery.settle(Settlement.ACCEPTED);
    }

    /** Takes back messages that the consumer was given and could not send, in order. */
    void giveBack(List<SettledMessage> unsent) {
        givenBack = kept ? unsent : List.of();
    }

    /**
     * Stops consuming for this consumer; does nothing if it is not the one attached.
     *
     * @param keepQueue whether the queue stays and collects messages; otherwise it is deleted
     */
    void detach(QueueConsumer leaving, boolean keepQueue) {
        if (consumer != leaving) {
            return;
        }
        consumer = null;
        kept = keepQueue;
        subscription.close().onComplete(closed -> {
            unsettled.clear();
            if (!keepQueue) {
                givenBack = List.of();
            }
            (keepQueue ? Future.succeededFuture() : delete())
                    .onComplete(done -> leaving.afterDeliveries(leaving.detached::complete));
        });
    }

    private Future<?> delete() {
        return hub.withConnections(broker -> broker.consuming().deleteQueueIfUnused(queue()))
                .onFailure(failure -> LOG.warn("{} could not be deleted: {}", queue(), failure.getMessage()));
    }
}
