package dev.busbar.broker.amqp10;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Settlement;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/**
 * Translates between delivery states of AMQP 1.0 (part 3, section 4) and the outcomes of deliveries and publications,
 * as most brokers mean them.
 */
final class Outcomes {

    private static final Rejected REJECTED = new Rejected();
    private static final Modified DELIVERY_FAILED = new Modified();

    static {
        DELIVERY_FAILED.setDeliveryFailed(true);
    }

    private Outcomes() {}

    /**
     * Returns the delivery state for a settlement. A message that is given back counts as delivered, so that the next
     * receiver can tell.
     */
    static DeliveryState of(Settlement settlement) {
        return switch (settlement) {
            case ACCEPTED -> Accepted.getInstance();
            case REQUEUED, FAILED -> DELIVERY_FAILED;
            case RELEASED -> Released.getInstance();
            case REJECTED -> REJECTED;
        };
    }

    /** Returns the outcome of a publication for the delivery state of its transfer. */
    static PublishOutcome of(DeliveryState state) {
        if (state instanceof Accepted) {
            return PublishOutcome.Confirmed.INSTANCE;
        } else if (state instanceof Rejected rejected) {
            var error = rejected.getError();
            return error != null && AmqpError.NOT_FOUND.equals(error.getCondition())
                    ? new PublishOutcome.Unroutable(describe(error))
                    : new PublishOutcome.Refused("the broker rejects it: " + describe(error));
        } else if (state instanceof Released) {
            return new PublishOutcome.Unroutable("no queue takes it");
        } else if (state instanceof Modified) {
            return new PublishOutcome.Refused("the broker gives it back");
        } else {
            return new PublishOutcome.Refused("the broker answers it with " + state);
        }
    }

    private static String describe(ErrorCondition error) {
        if (error == null || error.getCondition() == null) {
            return "without a reason";
        }
        return error.getDescription() == null
                ? error.getCondition().toString()
                : error.getDescription() + " (" + error.getCondition() + ")";
    }
}
