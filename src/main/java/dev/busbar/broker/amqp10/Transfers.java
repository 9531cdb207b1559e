package dev.busbar.broker.amqp10;

import dev.busbar.broker.PoisonMessageGate;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import java.util.function.Consumer;

/** Keeps the messages that have been sent and have no outcome yet, in the order sent. Confined to the event loop. */
final class Transfers {

    private final ContextInternal context;
    private final Consumer<String> targetGone;
    private final PoisonMessageGate gate;
    private Transfer oldest;
    private Transfer newest;

    /** Finds out whether a queue took a message; see {@link Dialect#verify}. */
    interface Verification {
        Future<PublishOutcome> begin();
    }

    /**
     * @param context the context to which a failure of an outcome handler is reported, so that it disturbs no other
     * @param gate counts what is in flight on the connection
     * @param targetGone called with the reason when what a message was sent to is gone and has to be declared again; is
     *     to {@link #failAll} what is in flight
     */
    Transfers(ContextInternal context, PoisonMessageGate gate, Consumer<String> targetGone) {
        this.context = context;
        this.gate = gate;
        this.targetGone = targetGone;
    }

    /** Represents one message in flight; vertx-proton reports the state of its delivery. */
    final class Transfer implements Handler<ProtonDelivery> {
        private final Dialect dialect;
        private final BridgeMessage message;
        private final Verification verification;
        private final Handler<PublishOutcome> outcome;
        private Transfer older;
        private Transfer newer;
        private boolean verifying;
        private boolean over;

        private Transfer(
                Dialect dialect, BridgeMessage message, Verification verification, Handler<PublishOutcome> outcome) {
            this.dialect = dialect;
            this.message = message;
            this.verification = verification;
            this.outcome = outcome;
        }

        @Override
        public void handle(ProtonDelivery delivery) {
            if (over || verifying || (delivery.getRemoteState() == null && !delivery.remotelySettled())) {
                return;
            }
            var said = dialect.outcome(delivery.getRemoteState(), message);
            if (said instanceof PublishOutcome.Lost lost) {
                targetGone.accept(lost.reason());
                return;
            }
            var found = verification != null && said instanceof PublishOutcome.Confirmed ? verification.begin() : null;
            if (found == null) {
                end(said);
            } else {
                verifying = true;
                found.onSuccess(this::end);
            }
        }

        boolean over() {
            return over;
        }

        /** Reports this outcome, unless the transfer has one already. */
        void end(PublishOutcome said) {
            if (!over) {
                remove(this);
                if (said instanceof PublishOutcome.Lost) {
                    gate.lost();
                } else {
                    gate.answered();
                }
                var unwanted = said instanceof PublishOutcome.Unroutable && verification == null;
                context.dispatch(unwanted ? PublishOutcome.Confirmed.INSTANCE : said, outcome);
            }
        }
    }

    /**
     * Adds a message that is about to be sent.
     *
     * @param verification finds out whether a queue took the message; {@code null} if no queue need take it
     */
    Transfer add(Dialect dialect, BridgeMessage message, Verification verification, Handler<PublishOutcome> outcome) {
        var transfer = new Transfer(dialect, message, verification, outcome);
        transfer.older = newest;
        if (newest == null) {
            oldest = transfer;
        } else {
            newest.newer = transfer;
        }
        newest = transfer;
        gate.sent();
        return transfer;
    }

    /** Ends all transfers with the same outcome, oldest first. */
    void failAll(PublishOutcome reason) {
        for (var transfer = oldest; transfer != null; transfer = oldest) {
            transfer.end(reason);
        }
    }

    private void remove(Transfer transfer) {
        transfer.over = true;
        if (transfer.older == null) {
            oldest = transfer.newer;
        } else {
            transfer.older.newer = transfer.newer;
        }
        if (transfer.newer == null) {
            newest = transfer.older;
        } else {
            transfer.newer.older = transfer.older;
        }
    }
}
