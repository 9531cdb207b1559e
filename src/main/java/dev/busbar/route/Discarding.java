package dev.busbar.route;

import dev.busbar.broker.Settlement;
import io.vertx.core.Future;

/** Takes messages out of their queue for good. */
final class Discarding implements Sweep.Look {

    private final Picking picking;
    private final MoveTally tally;

    Discarding(Picking picking, MoveTally tally) {
        this.picking = picking;
        this.tally = tally;
    }

    @Override
    public boolean wantsMore() {
        return !picking.done();
    }

    @Override
    public Future<Boolean> at(DeadMessage message) {
        var meant = picking.take(message.token());
        if (meant) {
            message.delivery().settle(Settlement.ACCEPTED);
            tally.moved();
        }
        return Future.succeededFuture(meant);
    }
}
