package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Handler;
import java.util.Objects;

/** A message published on a confirming channel, until its confirm. */
final class Publication {

    private final String exchange;
    private final String routingKey;
    private final boolean mandatory;
    private final String messageId;
    private final Handler<PublishOutcome> outcome;
    private String returned;

    /** @param outcome {@code null} when nobody waits */
    Publication(
            String exchange,
            String routingKey,
            boolean mandatory,
            AMQP.BasicProperties properties,
            Handler<PublishOutcome> outcome) {
        this.exchange = exchange;
        this.routingKey = routingKey;
        this.mandatory = mandatory;
        this.messageId = properties == null ? null : properties.getMessageId();
        this.outcome = outcome;
    }

    /** A return carries no sequence number, so the message is known by what it is; the broker returns in order. */
    boolean isReturnedAs(ReturnedMessage message) {
        return returned == null
                && Objects.equals(messageId, message.properties().getMessageId())
                && routingKey.equals(message.routingKey())
                && exchange.equals(message.exchange());
    }

    /** Whether a return may explain why it was refused. */
    boolean mayReturn() {
        return mandatory && returned == null;
    }

    void returned(String reason) {
        returned = reason;
    }

    void confirmed(boolean ack) {
        if (outcome != null) {
            outcome.handle(
                    returned != null
                            ? new PublishOutcome.Unroutable(returned)
                            : ack
                                    ? PublishOutcome.Confirmed.INSTANCE
                                    : new PublishOutcome.Refused("the broker did not accept it (basic.nack)"));
        }
    }

    void lost(String reason, boolean suspect) {
        if (outcome != null) {
            outcome.handle(new PublishOutcome.Lost(reason, suspect));
        }
    }
}
