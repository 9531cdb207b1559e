package dev.busbar.route;

import io.vertx.core.Future;

/** Lets it go. */
final class Drop implements LastResort {

    @Override
    public Future<Void> take(Undelivered undelivered) {
        return Future.succeededFuture();
    }
}
