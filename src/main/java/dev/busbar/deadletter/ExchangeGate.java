package dev.busbar.deadletter;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.ConfirmedPublisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends messages to one exchange, which may not exist any more: then a broker closes the channel, and all messages in
 * flight are lost with it. So messages go one at a time, in order, until the broker has taken one; after
 * {@value #MAX_REFUSALS} refusals in a row none goes any more. Confined to the connection's event loop.
 */
final class ExchangeGate {

    private static final int MAX_REFUSALS = 3;

    private record Waiting(BridgeMessage message, Promise<PublishOutcome> outcome) {}

    private final ConfirmedPublisher publisher;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean trying;
    private boolean open;
    private int refusals;
    private PublishOutcome.Refused closedBecause;

    ExchangeGate(ConfirmedPublisher publisher) {
        this.publisher = publisher;
    }

    Future<PublishOutcome> send(BridgeMessage message) {
        if (open) {
            return publisher.send(message, true);
        }
        var next = new Waiting(message, Promise.promise());
        waiting.add(next);
        pump();
        return next.outcome().future();
    }

    private void pump() {
        while (!waiting.isEmpty() && (open || closedBecause != null || !trying)) {
            var next = waiting.remove();
            if (closedBecause != null) {
                next.outcome().complete(closedBecause);
            } else {
                trying = true;
                publisher.send(next.message(), true).onSuccess(outcome -> {
                    tried(outcome);
                    next.outcome().complete(outcome);
                    pump();
                });
            }
        }
    }

    private void tried(PublishOutcome outcome) {
        trying = false;
        if (!(outcome instanceof PublishOutcome.Refused refused)) {
            open = true;
        } else if (!open && ++refusals == MAX_REFUSALS) {
            closedBecause = new PublishOutcome.Refused(refused.reason() + "; so were " + MAX_REFUSALS
                    + " messages for that exchange, and no other has been sent there");
        }
    }
}
