package dev.busbar.delivery;

import io.vertx.core.Future;

/** Lets the message go: the delivery is accepted, and the message is nowhere else. */
final class Drop implements UndeliveredHandler {

    @Override
    public Future<Void> take(Undelivered undelivered) {
        return Future.succeededFuture();
    }
}
