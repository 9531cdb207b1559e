package dev.busbar.deadletter;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.ConfirmedPublisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The way to one exchange, which may not be there any more: over that a broker closes the channel, and all that is in
 * flight is lost with it. So messages go alone until the broker has taken one, and after some refusals in a row none
 * goes. In the order they came. On the connection's event loop.
 */
final class ExchangeGate {

    private static final int REFUSALS = 3;

    private record Waiting(BridgeMessage message, Promise<PublishOutcome> outcome) {}

    private final ConfirmedPublisher publisher;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean trying;
    private boolean open;
    private int refusals;
    private PublishOutcome.Refused shut;

    ExchangeGate(ConfirmedPublisher publisher) {
        this.publisher = publisher;
    }

    Future<PublishOutcome> send(BridgeMessage message) {
        if (open) {
            return publisher.send(message, true);
        }
        var turn = new Waiting(message, Promise.promise());
        waiting.add(turn);
        pump();
        return turn.outcome().future();
    }

    private void pump() {
        while (!waiting.isEmpty() && (open || shut != null || !trying)) {
            var turn = waiting.remove();
            if (shut != null) {
                turn.outcome().complete(shut);
            } else {
                trying = true;
                publisher.send(turn.message(), true).onSuccess(outcome -> {
                    tried(outcome);
                    turn.outcome().complete(outcome);
                    pump();
                });
            }
        }
    }

    private void tried(PublishOutcome outcome) {
        trying = false;
        if (!(outcome instanceof PublishOutcome.Refused refused)) {
            open = true;
        } else if (!open && ++refusals == REFUSALS) {
            shut = new PublishOutcome.Refused(refused.reason() + "; so were " + REFUSALS
                    + " messages for that exchange, and no other has been sent there");
        }
    }
}
