package dev.busbar.testing.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import dev.busbar.codec.MessageProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Translates properties between what tests say and what the Java client of AMQP 0-9-1 takes. Written for the tests: the
 * bridge has its own translation, and a mistake of one must not hide a mistake of the other.
 */
public final class Foreign091 {

    private static final int PERSISTENT = 2;
    private static final int TRANSIENT = 1;

    private Foreign091() {}

    static AMQP.BasicProperties toAmqp(MessageProperties properties) {
        return new AMQP.BasicProperties.Builder()
                .messageId(properties.messageId())
                .correlationId(properties.correlationId())
                .replyTo(properties.replyTo())
                .contentType(properties.contentType())
                .contentEncoding(properties.contentEncoding())
                .timestamp(properties.timestamp() == null ? null : Date.from(properties.timestamp()))
                .priority(properties.priority())
                .expiration(properties.expiration())
                .type(properties.type())
                .userId(properties.userId())
                .appId(properties.appId())
                .deliveryMode(properties.persistent() ? PERSISTENT : TRANSIENT)
                .headers(properties.headers().isEmpty() ? null : table(properties.headers(), Foreign091::field))
                .build();
    }

    static MessageProperties fromAmqp(AMQP.BasicProperties properties) {
        return MessageProperties.builder()
                .messageId(properties.getMessageId())
                .correlationId(properties.getCorrelationId())
                .replyTo(properties.getReplyTo())
                .contentType(properties.getContentType())
                .contentEncoding(properties.getContentEncoding())
                .timestamp(
                        properties.getTimestamp() == null
                                ? null
                                : properties.getTimestamp().toInstant())
                .priority(properties.getPriority())
                .expiration(properties.getExpiration())
                .type(properties.getType())
                .userId(properties.getUserId())
                .appId(properties.getAppId())
                .persistent(Integer.valueOf(PERSISTENT).equals(properties.getDeliveryMode()))
                .headers(properties.getHeaders() == null ? Map.of() : table(properties.getHeaders(), Foreign091::value))
                .build();
    }

    private static Object field(Object value) {
        return value instanceof Instant instant ? Date.from(instant) : nested(value, Foreign091::field);
    }

    private static Object value(Object field) {
        return field instanceof LongString text
                ? text.toString()
                : field instanceof Date date ? date.toInstant() : nested(field, Foreign091::value);
    }

    private static Object nested(Object value, UnaryOperator<Object> change) {
        if (value instanceof Map<?, ?> map) {
            return table(map, change);
        } else if (value instanceof List<?> list) {
            var items = new ArrayList<>();
            list.forEach(item -> items.add(change.apply(item)));
            return items;
        }
        return value;
    }

    private static Map<String, Object> table(Map<?, ?> map, UnaryOperator<Object> change) {
        var table = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> table.put(key.toString(), change.apply(value)));
        return table;
    }
}
