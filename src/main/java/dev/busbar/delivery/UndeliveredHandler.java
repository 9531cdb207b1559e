package dev.busbar.delivery;

import io.vertx.core.Future;

/** Dead-letters, parks or drops deliveries that will not be attempted again. */
public interface UndeliveredHandler {

    /** Returns a future that completes when the message is where it should be, so that the delivery may be accepted. */
    Future<Void> take(Undelivered undelivered);
}
