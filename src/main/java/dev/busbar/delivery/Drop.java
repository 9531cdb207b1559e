package dev.busbar.delivery;

import io.vertx.core.Future;

/** Lets it go. */
final class Drop implements UndeliveredHandler {

    @Override
    public Future<Void> take(Undelivered undelivered) {
        return Future.succeededFuture();
    }
}
