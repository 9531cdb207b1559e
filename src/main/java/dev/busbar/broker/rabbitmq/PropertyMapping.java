package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import dev.busbar.codec.MessageProperties;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates properties to and from AMQP 0-9-1 (section 4.2.5 for the field types): strings are long strings,
 * timestamps are whole seconds. A string that is not UTF-8 is kept as bytes.
 */
final class PropertyMapping {

    private static final int PERSISTENT = 2;
    private static final int TRANSIENT = 1;

    /**
     * The least timestamp that is taken for milliseconds: the year 10000 in seconds, the beginning of 1978 in
     * milliseconds.
     */
    private static final long MIN_TIMESTAMP_MILLIS = 253_402_300_800L;

    private PropertyMapping() {}

    static MessageProperties fromAmqp(AMQP.BasicProperties properties) {
        // By position: the compiler does not always do away with a builder, which would cost each message 64 bytes.
        return new MessageProperties(
                properties.getMessageId(),
                properties.getCorrelationId(),
                properties.getReplyTo(),
                properties.getContentType(),
                properties.getContentEncoding(),
                timestamp(properties.getTimestamp()),
                properties.getPriority(),
                properties.getExpiration(),
                properties.getType(),
                properties.getUserId(),
                properties.getAppId(),
                properties.getDeliveryMode() != null && properties.getDeliveryMode() == PERSISTENT,
                properties.getHeaders() == null ? Map.of() : fromTable(properties.getHeaders()));
    }

    static AMQP.BasicProperties toAmqp(MessageProperties properties) {
        return new AMQP.BasicProperties(
                properties.contentType(),
                properties.contentEncoding(),
                properties.headers().isEmpty() ? null : toTable(properties.headers()),
                properties.persistent() ? PERSISTENT : TRANSIENT,
                properties.priority(),
                properties.correlationId(),
                properties.replyTo(),
                properties.expiration(),
                properties.messageId(),
                properties.timestamp() == null ? null : date("timestamp", properties.timestamp()),
                properties.type(),
                properties.userId(),
                properties.appId(),
                null);
    }

    /** Returns the time of a timestamp. Broker-J and RabbitMQ 3 write the milliseconds of AMQP 1.0 here as they are. */
    private static Instant timestamp(Date timestamp) {
        if (timestamp == null) {
            return null;
        }
        var seconds = timestamp.getTime() / 1000;
        return seconds < MIN_TIMESTAMP_MILLIS ? timestamp.toInstant() : Instant.ofEpochMilli(seconds);
    }

    private static Map<String, Object> fromTable(Map<?, ?> table) {
        var map = new LinkedHashMap<String, Object>();
        table.forEach((key, value) -> map.put(key.toString(), fromField(value)));
        return map;
    }

    private static Object fromField(Object value) {
        if (value instanceof LongString text) {
            return text(text.getBytes());
        } else if (value instanceof Date date) {
            return date.toInstant();
        } else if (value instanceof Map<?, ?> table) {
            return fromTable(table);
        } else if (value instanceof List<?> list) {
            var values = new ArrayList<Object>(list.size());
            list.forEach(item -> values.add(fromField(item)));
            return values;
        } else {
            return value;
        }
    }

    private static Object text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static Map<String, Object> toTable(Map<String, Object> headers) {
        var table = new LinkedHashMap<String, Object>();
        headers.forEach((name, value) -> table.put(name, toField(name, value, 2)));
        return table;
    }

    private static Date date(Object what, Instant instant) {
        try {
            return Date.from(instant);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " " + instant + ": Java's client counts milliseconds in 64 bits;"
                    + " use a time nearer to ours");
        }
    }

    /**
     * Translates the value of a header.
     *
     * @param name of the header, for messages
     * @param depth the levels of nesting of what is nested in the value, the table of headers included
     */
    private static Object toField(String name, Object value, int depth) {
        if (value instanceof Instant instant) {
            return date("header '" + name + "'", instant);
        } else if (!(value instanceof Map || value instanceof List)) {
            return value;
        } else if (depth > FieldTable.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "header '" + name + "': headers are nested at most " + FieldTable.MAX_DEPTH
                            + " levels deep, or Java's client does not read them; send it as a string of JSON");
        } else if (value instanceof Map<?, ?> map) {
            var table = new LinkedHashMap<String, Object>();
            map.forEach((key, item) -> table.put(key.toString(), toField(name, item, depth + 1)));
            return table;
        }
        var values = new ArrayList<Object>();
        ((List<?>) value).forEach(item -> values.add(toField(name, item, depth + 1)));
        return values;
    }
}
