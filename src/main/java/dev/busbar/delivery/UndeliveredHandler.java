package dev.busbar.delivery;

import io.vertx.core.Future;

/** What a route does with a delivery that will not be tried again. */
public interface UndeliveredHandler {

    /** @return completes when the message is safe where it should be, so that the delivery may be accepted */
    Future<Void> take(Undelivered undelivered);
}
