package dev.busbar.route;

import io.vertx.core.Future;

/** What a route does with a delivery that will not be tried again. */
interface LastResort {

    /** @return completes when the message is safe where it should be, so that the delivery may be accepted */
    Future<Void> take(Undelivered undelivered);
}
