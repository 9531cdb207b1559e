package dev.busbar.broker.amqp10;

import dev.busbar.codec.MessageProperties;
import java.time.Instant;

/** Properties as the plugin of RabbitMQ 3 writes them for messages that entered by AMQP 0-9-1. */
final class RabbitMq3Properties {

    /** Read as milliseconds this is in 1973; as seconds, in the year 5138. */
    private static final long LATEST_SECONDS = 100_000_000_000L;

    private RabbitMq3Properties() {}

    static MessageProperties meant(MessageProperties properties) {
        return new MessageProperties(
                properties.messageId(),
                properties.correlationId(),
                properties.replyTo() == null ? null : RabbitMq3Address.queueOf(properties.replyTo()),
                properties.contentType(),
                properties.contentEncoding(),
                properties.timestamp() == null ? null : meant(properties.timestamp()),
                properties.priority(),
                properties.expiration(),
                properties.type(),
                properties.userId(),
                properties.appId(),
                properties.persistent(),
                properties.headers());
    }

    /** The seconds of 0-9-1, put where AMQP 1.0 has milliseconds. */
    private static Instant meant(Instant timestamp) {
        var written = timestamp.toEpochMilli();
        return written > 0 && written < LATEST_SECONDS ? Instant.ofEpochSecond(written) : timestamp;
    }
}
