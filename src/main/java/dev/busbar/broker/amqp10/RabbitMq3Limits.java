package dev.busbar.broker.amqp10;

import dev.busbar.codec.BridgeMessage;
import java.nio.charset.StandardCharsets;

/**
 * Refuses what AMQP 0-9-1 has no room for. The plugin takes it all the same, and a 0-9-1 consumer that is sent it loses
 * its connection, again and again.
 */
final class RabbitMq3Limits {

    private static final int MAX_SHORT_STRING_BYTES = 255;

    private RabbitMq3Limits() {}

    static void check(BridgeMessage message) {
        var properties = message.properties();
        check("routing key", message.routingKey());
        check("message id", properties.messageId());
        check("correlation id", properties.correlationId());
        check("reply-to", properties.replyTo());
        check("content type", properties.contentType());
        check("content encoding", properties.contentEncoding());
        check("user id", properties.userId());
    }

    private static void check(String what, String text) {
        var bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SHORT_STRING_BYTES) {
            throw new IllegalArgumentException(
                    what + " has " + bytes + " bytes, and may have " + MAX_SHORT_STRING_BYTES + ": shorten it");
        }
    }
}
