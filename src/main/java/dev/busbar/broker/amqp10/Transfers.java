package dev.busbar.broker.amqp10;

import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Handler;
import io.vertx.proton.ProtonDelivery;
import java.util.function.Consumer;

/** What has been sent and has no outcome yet, in order. Confined to the event loop. */
final class Transfers {

    private final Consumer<String> missing;
    private Transfer oldest;
    private Transfer newest;

    /**
     * @param missing told why when what was sent to has to be declared again; is to {@link #failAll} what is in flight
     */
    Transfers(Consumer<String> missing) {
        this.missing = missing;
    }

    /** One message in flight; told of its delivery's state by vertx-proton. */
    final class Transfer implements Handler<ProtonDelivery> {
        private final Dialect dialect;
        private final boolean mandatory;
        private final Handler<PublishOutcome> outcome;
        private Transfer older;
        private Transfer newer;
        private boolean over;

        private Transfer(Dialect dialect, boolean mandatory, Handler<PublishOutcome> outcome) {
            this.dialect = dialect;
            this.mandatory = mandatory;
            this.outcome = outcome;
        }

        @Override
        public void handle(ProtonDelivery delivery) {
            if (over || (delivery.getRemoteState() == null && !delivery.remotelySettled())) {
                return;
            }
            var said = dialect.outcome(delivery.getRemoteState());
            if (said instanceof PublishOutcome.Lost lost) {
                missing.accept(lost.reason());
                return;
            }
            remove(this);
            outcome.handle(
                    said instanceof PublishOutcome.Unroutable && !mandatory ? PublishOutcome.Confirmed.INSTANCE : said);
        }

        void fail(PublishOutcome reason) {
            if (!over) {
                remove(this);
                outcome.handle(reason);
            }
        }
    }

    Transfer add(Dialect dialect, boolean mandatory, Handler<PublishOutcome> outcome) {
        var transfer = new Transfer(dialect, mandatory, outcome);
        transfer.older = newest;
        if (newest == null) {
            oldest = transfer;
        } else {
            newest.newer = transfer;
        }
        newest = transfer;
        return transfer;
    }

    /** All have the same outcome, oldest first. */
    void failAll(PublishOutcome reason) {
        for (var transfer = oldest; transfer != null; transfer = oldest) {
            transfer.fail(reason);
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
