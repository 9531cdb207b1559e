package dev.busbar.route;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.delivery.PublishBuffer;
import dev.busbar.delivery.SendFailure;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** A message on its way to the broker, and the sender that waits for its outcome. */
final class OutboundMessage implements PublishBuffer.Pending {

    private final BridgeMessage encoded;
    private final String correlationId;
    private final long deadlineNanos;
    private Message<?> sender;

    /**
     * @param correlationId unique among this route's requests; {@code null} when no answer is expected
     * @param sender the message to reply to; {@code null} if the sender does not wait
     */
    OutboundMessage(BridgeMessage encoded, String correlationId, Message<?> sender, long deadlineNanos) {
        this.encoded = encoded;
        this.correlationId = correlationId;
        this.sender = sender;
        this.deadlineNanos = deadlineNanos;
    }

    BridgeMessage encoded() {
        return encoded;
    }

    String correlationId() {
        return correlationId;
    }

    @Override
    public boolean awaited() {
        return sender != null;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Tells the sender, once, that the broker has it. */
    void confirmed() {
        var told = sender;
        if (told != null) {
            sender = null;
            told.reply(
                    null,
                    new DeliveryOptions()
                            .addHeader(
                                    BusHeaders.MESSAGE_ID, encoded.properties().messageId()));
        }
    }

    /** Passes the answer of the message's consumer on to the sender, once. */
    void answered(Object body, DeliveryOptions options) {
        var told = sender;
        if (told != null) {
            sender = null;
            told.reply(body, options);
        }
    }

    /** Tells the sender, once, that the message has failed. */
    void failed(SendFailure failure, String message) {
        var told = sender;
        if (told != null) {
            sender = null;
            told.fail(failure.code(), message);
        }
    }
}
