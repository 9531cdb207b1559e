package dev.busbar.delivery;

import dev.busbar.broker.Settlement;
import io.vertx.core.Future;

/** Dead-letters, parks, drops or rejects deliveries that will not be attempted again. */
public interface UndeliveredHandler {

    /** Returns a future that completes when the message is where it should be, so that the delivery may be settled. */
    Future<Void> take(Undelivered undelivered);

    /** Returns how to settle a delivery that has been taken. */
    default Settlement settlement() {
        return Settlement.ACCEPTED;
    }
}
