package dev.busbar.deadletter;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Settlement;
import dev.busbar.delivery.ConfirmedPublisher;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Publishes the selected messages to where they came from, and accepts each once the broker has confirmed that a queue
 * has taken it. Confined to the connection's event loop.
 */
final class Requeueing implements QueueScan.Visitor {

    private final DeadLetterQueue queue;
    private final String user;
    private final SelectionProgress progress;
    private final ConfirmedPublisher publisher;
    private final MoveTally tally;
    private final Map<String, ExchangeGate> gates = new HashMap<>();
    private final Map<Delivery, DeadMessage> unanswered = new LinkedHashMap<>();

    /** @param user the broker's user that publishes */
    Requeueing(
            DeadLetterQueue queue,
            String user,
            SelectionProgress progress,
            ConfirmedPublisher publisher,
            MoveTally tally) {
        this.queue = queue;
        this.user = user;
        this.progress = progress;
        this.publisher = publisher;
        this.tally = tally;
    }

    @Override
    public boolean wantsMore() {
        return !progress.done();
    }

    @Override
    public Future<Boolean> visit(DeadMessage message) {
        if (!progress.take(message.token())) {
            return Future.succeededFuture(false);
        }
        var delivery = message.delivery();
        var back = RequeueTarget.of(delivery.message(), queue, user);
        if (back.problem() != null) {
            return stay(message, back.problem());
        }
        if (delivery.incomplete() != null) {
            return stay(message, "it cannot be sent as it was: " + delivery.incomplete());
        }
        unanswered.put(delivery, message);
        return gates.computeIfAbsent(back.message().exchange(), exchange -> new ExchangeGate(publisher))
                .send(back.message())
                .compose(outcome -> answered(message, outcome));
    }

    private Future<Boolean> answered(DeadMessage message, PublishOutcome outcome) {
        if (unanswered.remove(message.delivery()) == null) {
            // It was given up and reported as failed.
            return Future.succeededFuture(false);
        }
        if (outcome instanceof PublishOutcome.Unroutable unroutable) {
            return stay(message, "no queue takes it there: " + unroutable.reason());
        }
        if (outcome instanceof PublishOutcome.Refused refused) {
            return stay(message, "the broker does not take it there: " + refused.reason());
        }
        if (!message.delivery().live()) {
            return stay(message, "it has been put back, but is here too: the connection was lost in between");
        }
        message.delivery().settle(Settlement.ACCEPTED);
        tally.moved();
        return Future.succeededFuture(true);
    }

    private Future<Boolean> stay(DeadMessage message, String reason) {
        tally.failed(message, reason);
        return Future.succeededFuture(false);
    }

    /** Reports messages that the broker has not confirmed by now as failed, whatever it says later. */
    void giveUp(String why) {
        unanswered
                .values()
                .forEach(message -> tally.failed(
                        message, "it may have been put back, and is here too: not confirmed, because " + why));
        unanswered.clear();
    }
}
