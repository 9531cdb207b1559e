package dev.busbar.broker.amqp10;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.SuspectGate;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import java.util.function.Consumer;

/** What has been sent and has no outcome yet, in order. Confined to the event loop. */
final class Transfers {

    private final ContextInternal context;
    private final Consumer<String> missing;
    private final SuspectGate gate;
    private Transfer oldest;
    private Transfer newest;

    /** Finds out whether a queue took a message; see {@link Dialect#verify}. */
    interface Verification {
        Future<PublishOutcome> begin();
    }

    /**
     * @param context to which a sender's failure is reported, which is to disturb no other
     * @param gate counts what is in flight on the connection
     * @param missing told why when what was sent to has to be declared again; is to {@link #failAll} what is in flight
     */
    Transfers(ContextInternal context, SuspectGate gate, Consumer<String> missing) {
        this.context = context;
        this.gate = gate;
        this.missing = missing;
    }

    /** One message in flight; told of its delivery's state by vertx-proton. */
    final class Transfer implements Handler<ProtonDelivery> {
        private final Dialect dialect;
        private final BridgeMessage message;
        private final Verification mandatory;
        private final Handler<PublishOutcome> outcome;
        private Transfer older;
        private Transfer newer;
        private boolean verifying;
        private boolean over;

        private Transfer(
                Dialect dialect, BridgeMessage message, Verification mandatory, Handler<PublishOutcome> outcome) {
            this.dialect = dialect;
            this.message = message;
            this.mandatory = mandatory;
            this.outcome = outcome;
        }

        @Override
        public void handle(ProtonDelivery delivery) {
            if (over || verifying || (delivery.getRemoteState() == null && !delivery.remotelySettled())) {
                return;
            }
            var said = dialect.outcome(delivery.getRemoteState(), message);
            if (said instanceof PublishOutcome.Lost lost) {
                missing.accept(lost.reason());
                return;
            }
            var truth = mandatory != null && said instanceof PublishOutcome.Confirmed ? mandatory.begin() : null;
            if (truth == null) {
                end(said);
            } else {
                verifying = true;
                truth.onSuccess(this::end);
            }
        }

        boolean over() {
            return over;
        }

        /** It has this outcome, unless it has one already. */
        void end(PublishOutcome said) {
            if (!over) {
                remove(this);
                if (said instanceof PublishOutcome.Lost) {
                    gate.lost();
                } else {
                    gate.answered();
                }
                var unwanted = said instanceof PublishOutcome.Unroutable && mandatory == null;
                context.dispatch(unwanted ? PublishOutcome.Confirmed.INSTANCE : said, outcome);
            }
        }
    }

    /** @param mandatory {@code null} if no queue need take it */
    Transfer add(Dialect dialect, BridgeMessage message, Verification mandatory, Handler<PublishOutcome> outcome) {
        var transfer = new Transfer(dialect, message, mandatory, outcome);
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

    /** All have the same outcome, oldest first. */
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
