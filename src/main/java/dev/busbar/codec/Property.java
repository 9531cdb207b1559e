package dev.busbar.codec;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Lists the message properties with the name of each on the event bus and in both AMQP versions. Tests compare the
 * tables in this package's description and in the guide with the list.
 */
enum Property {
    ROUTING_KEY(
            BusHeaders.ROUTING_KEY,
            "routing-key of the method",
            "properties: to or subject",
            "text",
            m -> m.routingKey()),
    EXCHANGE(
            BusHeaders.EXCHANGE,
            "exchange of the method",
            "properties: to, or the link's address",
            "text",
            m -> m.exchange()),
    MESSAGE_ID(BusHeaders.MESSAGE_ID, "message-id", "properties: message-id", "text", of(p -> p.messageId())),
    CORRELATION_ID(
            BusHeaders.CORRELATION_ID,
            "correlation-id",
            "properties: correlation-id",
            "text",
            of(p -> p.correlationId())),
    REPLY_TO(BusHeaders.REPLY_TO, "reply-to", "properties: reply-to", "text", of(p -> p.replyTo())),
    CONTENT_TYPE(
            BusHeaders.CONTENT_TYPE, "content-type", "properties: content-type", "MIME type", of(p -> p.contentType())),
    CONTENT_ENCODING(
            BusHeaders.CONTENT_ENCODING,
            "content-encoding",
            "properties: content-encoding",
            "text",
            of(BodyFormat::contentEncodingRead)),
    TIMESTAMP(
            BusHeaders.TIMESTAMP,
            "timestamp (seconds)",
            "properties: creation-time (milliseconds)",
            "ISO-8601 instant",
            of(p -> text(p.timestamp()))),
    PRIORITY(BusHeaders.PRIORITY, "priority", "header: priority", "0 to 255", of(p -> text(p.priority()))),
    EXPIRATION(BusHeaders.EXPIRATION, "expiration", "header: ttl", "milliseconds", of(p -> p.expiration())),
    TYPE(BusHeaders.TYPE, "type", "message-annotations: x-basic-type", "text", of(p -> p.type())),
    USER_ID(BusHeaders.USER_ID, "user-id", "properties: user-id", "text", of(p -> p.userId())),
    APP_ID(BusHeaders.APP_ID, "app-id", "properties: group-id", "text", of(p -> p.appId())),
    PERSISTENT(
            BusHeaders.PERSISTENT,
            "delivery-mode (2 or 1)",
            "header: durable",
            "true or false",
            of(p -> text(p.persistent()))),
    REDELIVERED(
            BusHeaders.REDELIVERED,
            "redelivered of the method",
            "header: delivery-count, first-acquirer",
            "true or false",
            null),
    ATTEMPT(BusHeaders.ATTEMPT, "counted by Busbar", "counted by Busbar", "1, 2, …", null),
    DEADLINE(BusHeaders.DEADLINE, "between nodes only", "between nodes only", "of Busbar's own form", null);

    /** Saves the copy that {@link #values()} makes, for each message. */
    static final Property[] ALL = values();

    private static final Map<String, Property> BY_HEADER = new HashMap<>();

    static {
        for (Property property : ALL) {
            BY_HEADER.put(property.header, property);
        }
    }

    final String header;
    final String amqp091;
    final String amqp10;
    final String type;
    private final Function<BridgeMessage, String> reader;

    Property(String header, String amqp091, String amqp10, String type, Function<BridgeMessage, String> reader) {
        this.header = header;
        this.amqp091 = amqp091;
        this.amqp10 = amqp10;
        this.type = type;
        this.reader = reader;
    }

    /**
     * Returns the value of the event bus header; {@code null} if the message does not have the property, or if it
     * belongs to the delivery and not to the message.
     */
    String of(BridgeMessage message) {
        return reader == null ? null : reader.apply(message);
    }

    /** Returns the property of an event bus header, in whatever case; {@code null} if there is none. */
    static Property named(String header) {
        Property property = BY_HEADER.get(header);
        return property != null ? property : BY_HEADER.get(header.toLowerCase(Locale.ROOT));
    }

    private static Function<BridgeMessage, String> of(Function<MessageProperties, String> reader) {
        return message -> reader.apply(message.properties());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
