package dev.busbar.delivery;

import dev.busbar.broker.Settlement;
import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.Otherwise;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import org.slf4j.Logger;

/**
 * Leaves the message to the broker: the delivery is rejected, and the queue's own dead-lettering acts, if it has one.
 */
final class Reject implements UndeliveredHandler {

    private static final Logger LOG = CleanLogger.of(Reject.class);

    /** Warns if messages that the route rejects will be lost as far as can be seen. */
    static void warnOfLoss(InboundRoute route) {
        var failed = route.onFailure().then() == FailureAction.REJECT;
        var unmet = route.otherwise() == Otherwise.REJECT;
        if ((failed || unmet) && !route.queue().hasDeadLetterExchange()) {
            LOG.warn(
                    "route '{}': the broker deletes the messages that are rejected {}, unless the queue has a dead-letter"
                            + " exchange. None is configured, and one that a policy gives it cannot be seen from here",
                    route.name(),
                    (failed ? "after their last attempt" : "")
                            + (failed && unmet ? " or " : "")
                            + (unmet ? "because they do not meet the conditions" : ""));
        }
    }

    @Override
    public Future<Void> take(Undelivered undelivered) {
        return Future.succeededFuture();
    }

    @Override
    public Settlement settlement() {
        return Settlement.REJECTED;
    }
}
