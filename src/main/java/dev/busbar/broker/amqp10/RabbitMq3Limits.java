package dev.busbar.broker.amqp10;

import dev.busbar.codec.BridgeMessage;
import java.nio.charset.StandardCharsets;

/**
 * What AMQP 0-9-1 has no room for. The plugin takes it all the same, and a 0-9-1 consumer who is sent it loses its
 * connection, again and again.
 */
final class RabbitMq3Limits {

    private static final int SHORT_STRING = 255;

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
        if (bytes > SHORT_STRING) {
            throw new IllegalArgumentException(
                    what + " has " + bytes + " bytes, and may have " + SHORT_STRING + ": shorten it");
        }
    }
}
