package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.Handler;
import java.util.Objects;
import org.slf4j.event.Level;

/** Holds a message published on a confirming channel, until its confirm. */
final class UnconfirmedPublication {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(UnconfirmedPublication.class), Level.ERROR, "publishing");

    private final String exchange;
    private final String routingKey;
    private final String messageId;
    private final boolean mandatory;
    private final Handler<PublishOutcome> outcome;
    private PublishOutcome returned;
    private boolean nacked;

    /**
     * Makes a publication without an outcome.
     *
     * @param outcome called with the outcome; {@code null} when nobody waits for it
     */
    UnconfirmedPublication(
            String exchange,
            String routingKey,
            boolean mandatory,
            AMQP.BasicProperties properties,
            Handler<PublishOutcome> outcome) {
        this.exchange = exchange;
        this.routingKey = routingKey;
        this.messageId = properties == null ? null : properties.getMessageId();
        this.mandatory = mandatory;
        this.outcome = outcome;
    }

    /** Returns whether somebody is told the outcome, and may send the message again. */
    boolean isAwaited() {
        return outcome != null;
    }

    /**
     * Returns whether a {@code basic.return} is of this publication. A return carries no sequence number, so the
     * message is recognised by its content; the broker returns messages in order.
     */
    boolean isReturnedAs(ReturnedMessage message) {
        return mandatory
                && returned == null
                && Objects.equals(messageId, message.properties().getMessageId())
                && routingKey.equals(message.routingKey())
                && exchange.equals(message.exchange());
    }

    /** Notes that the broker has returned the message. */
    void returned(ReturnedMessage message) {
        var said = " (" + message.replyCode() + " " + message.replyText() + ")";
        returned = message.replyCode() == AMQP.NO_ROUTE
                ? new PublishOutcome.Unroutable(
                        "no queue takes key '" + routingKey + "' of exchange '" + exchange + "'" + said)
                : new PublishOutcome.Refused("the broker returned it" + said);
        if (nacked) {
            tell(returned);
        }
    }

    /**
     * Notes that the broker has refused the message, for a reason that is to follow.
     *
     * @return whether a {@code basic.return} may still follow
     */
    boolean nackedBeforeReturn() {
        nacked = mandatory && returned == null;
        return nacked;
    }

    /** Reports the outcome of the broker's confirm. */
    void confirmed(boolean ack) {
        if (returned != null) {
            tell(returned);
        } else if (ack) {
            tell(PublishOutcome.Confirmed.INSTANCE);
        } else {
            tell(new PublishOutcome.Refused("the broker did not accept it (basic.nack): a"
                    + " queue that it goes to is full, or on a node that is down; its other queues may have it"));
        }
    }

    void lost(String reason, PublishOutcome.Suspicion suspicion) {
        tell(new PublishOutcome.Lost(reason, suspicion));
    }

    private void tell(PublishOutcome result) {
        if (outcome == null) {
            return;
        }
        try {
            outcome.handle(result);
        } catch (RuntimeException e) {
            // One confirm may cover many publications, and the others are to be told too.
            FAILURES.add("told what became of a message, its sender threw", e);
        }
    }
}
