package dev.busbar.broker.amqp10;

import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/**
 * Delivery states of AMQP 1.0 (part 3, section 4) and the outcomes of deliveries and publications, as most brokers mean
 * them.
 */
final class Outcomes {

    private static final Rejected REJECTED = new Rejected();
    private static final Modified DELIVERY_FAILED = new Modified();

    static {
        DELIVERY_FAILED.setDeliveryFailed(true);
    }

    private Outcomes() {}

    /** A message given back counts as delivered, so that the next receiver can tell. */
    static DeliveryState of(Settlement settlement) {
        return switch (settlement) {
            case ACCEPTED -> Accepted.getInstance();
            case REQUEUED -> DELIVERY_FAILED;
            case REJECTED -> REJECTED;
        };
    }

    static PublishOutcome of(DeliveryState state) {
        if (state instanceof Accepted) {
            return PublishOutcome.Confirmed.INSTANCE;
        } else if (state instanceof Rejected rejected) {
            return isNotFound(state)
                    ? new PublishOutcome.Unroutable(words(rejected.getError()))
                    : new PublishOutcome.Refused("the broker rejects it: " + words(rejected.getError()));
        } else if (state instanceof Released) {
            return new PublishOutcome.Unroutable("the broker releases it");
        } else if (state instanceof Modified) {
            return new PublishOutcome.Refused("the broker gives it back");
        } else {
            return new PublishOutcome.Refused("the broker answers it with " + state);
        }
    }

    /** The same of a publication, so that whoever sent the message can tell which it is. */
    static PublishOutcome of(DeliveryState state, BridgeMessage message) {
        return of(state) instanceof PublishOutcome.Unroutable unroutable
                ? new PublishOutcome.Unroutable(nobodyTakes(message) + ": " + unroutable.reason())
                : of(state);
    }

    static String nobodyTakes(BridgeMessage message) {
        return message.exchange().isEmpty()
                ? "there is no queue '" + message.routingKey() + "'"
                : "no queue at exchange '" + message.exchange() + "' takes the key '" + message.routingKey() + "'";
    }

    /** Whether something that does not exist is the reason. */
    static boolean isNotFound(DeliveryState state) {
        return state instanceof Rejected rejected
                && rejected.getError() != null
                && AmqpError.NOT_FOUND.equals(rejected.getError().getCondition());
    }

    private static String words(ErrorCondition error) {
        if (error == null || error.getCondition() == null) {
            return "without a reason";
        }
        return error.getDescription() == null
                ? error.getCondition().toString()
                : error.getDescription() + " (" + error.getCondition() + ")";
    }
}
