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
 * Publishes messages to where they came from, and accepts each once the broker has confirmed that a queue has taken it.
 * On the connection's event loop.
 */
final class Requeueing implements QueueScan.Look {

    private final DeadLetterQueue queue;
    private final String user;
    private final SelectionProgress progress;
    private final ConfirmedPublisher publisher;
    private final MoveTally tally;
    private final Map<String, ExchangeGate> gates = new HashMap<>();
    private final Map<Delivery, DeadMessage> unanswered = new LinkedHashMap<>();

    /** @param user as whom the departure publishes */
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
    public Future<Boolean> at(DeadMessage message) {
        if (!progress.take(message.token())) {
            return Future.succeededFuture(false);
        }
        var delivery = message.delivery();
        var back = RequeueTarget.of(delivery.message(), queue, user);
        if (back.problem() != null) {
            return stays(message, back.problem());
        }
        if (delivery.incomplete() != null) {
            return stays(message, "it cannot be sent as it was: " + delivery.incomplete());
        }
        unanswered.put(delivery, message);
        return gates.computeIfAbsent(back.message().exchange(), exchange -> new ExchangeGate(publisher))
                .send(back.message())
                .compose(outcome -> answered(message, outcome));
    }

    private Future<Boolean> answered(DeadMessage message, PublishOutcome outcome) {
        if (unanswered.remove(message.delivery()) == null) {
            // Given up, and said so.
            return Future.succeededFuture(false);
        }
        if (outcome instanceof PublishOutcome.Unroutable unroutable) {
            return stays(message, "no queue takes it there: " + unroutable.reason());
        }
        if (outcome instanceof PublishOutcome.Refused refused) {
            return stays(message, "the broker does not take it there: " + refused.reason());
        }
        if (!message.delivery().live()) {
            return stays(message, "it has been put back, but is here too: the connection was lost in between");
        }
        message.delivery().settle(Settlement.ACCEPTED);
        tally.moved();
        return Future.succeededFuture(true);
    }

    private Future<Boolean> stays(DeadMessage message, String reason) {
        tally.failed(message, reason);
        return Future.succeededFuture(false);
    }

    /** What the broker has not confirmed by now stays, whatever it says later. */
    void giveUp(String why) {
        unanswered
                .values()
                .forEach(message -> tally.failed(
                        message, "it may have been put back, and is here too: not confirmed, because " + why));
        unanswered.clear();
    }
}
