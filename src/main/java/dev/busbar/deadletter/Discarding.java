package dev.busbar.deadletter;

import dev.busbar.broker.Settlement;
import io.vertx.core.Future;

/** Removes the selected messages from their queue for good. */
final class Discarding implements QueueScan.Visitor {

    private final SelectionProgress progress;
    private final MoveTally tally;

    Discarding(SelectionProgress progress, MoveTally tally) {
        this.progress = progress;
        this.tally = tally;
    }

    @Override
    public boolean wantsMore() {
        return !progress.done();
    }

    @Override
    public Future<Boolean> visit(DeadMessage message) {
        var meant = progress.take(message.token());
        if (meant) {
            message.delivery().settle(Settlement.ACCEPTED);
            tally.moved();
        }
        return Future.succeededFuture(meant);
    }
}
