package dev.busbar.testing.broker;

import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.Decimal128;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Properties;

/**
 * Translates messages between what tests say and what protonj2 takes, by the tables in the description of
 * {@link dev.busbar.codec}. Written for the tests, with another codec than the bridge's.
 */
final class Foreign10 {

    private static final String TYPE = "x-basic-type";

    private Foreign10() {}

    static AdvancedMessage<Object> toAmqp(MessageProperties from, Buffer body) throws ClientException {
        var message = AdvancedMessage.create();
        message.header(header(from));
        message.properties(properties(from));
        var headers = new LinkedHashMap<String, Object>();
        var annotations = new HashMap<Symbol, Object>();
        from.headers().forEach((name, value) -> {
            if (value instanceof Map || value instanceof List) {
                annotations.put(Symbol.valueOf(name), toAmqp(value));
            } else {
                headers.put(name, toAmqp(value));
            }
        });
        if (from.type() != null) {
            annotations.put(Symbol.valueOf(TYPE), from.type());
        }
        message.annotations(new MessageAnnotations(annotations));
        message.applicationProperties(new ApplicationProperties(headers));
        message.addBodySection(new Data(body.getBytes()));
        return message;
    }

    private static Header header(MessageProperties from) {
        var header = new Header().setDurable(from.persistent());
        if (from.priority() != null) {
            header.setPriority(from.priority().byteValue());
        }
        if (from.expiration() != null) {
            header.setTimeToLive(Long.parseLong(from.expiration()));
        }
        return header;
    }

    private static Properties properties(MessageProperties from) {
        var section = new Properties()
                .setMessageId(from.messageId())
                .setCorrelationId(from.correlationId())
                .setReplyTo(from.replyTo())
                .setContentType(from.contentType())
                .setContentEncoding(from.contentEncoding())
                .setGroupId(from.appId());
        if (from.userId() != null) {
            section.setUserId(from.userId().getBytes(StandardCharsets.UTF_8));
        }
        if (from.timestamp() != null) {
            section.setCreationTime(from.timestamp().toEpochMilli());
        }
        return section;
    }

    /**
     * Translates the properties of a received message.
     *
     * @param subjectIsType whether the broker keeps the type in the subject, if no annotation says it
     */
    static MessageProperties properties(Amqp10Message message, boolean subjectIsType) {
        var header = message.header();
        var section = message.properties();
        var type = message.annotations().get(TYPE);
        return MessageProperties.builder()
                .messageId(text(section.getMessageId()))
                .correlationId(text(section.getCorrelationId()))
                .replyTo(section.getReplyTo())
                .contentType(section.getContentType())
                .contentEncoding(section.getContentEncoding())
                .timestamp(section.hasCreationTime() ? Instant.ofEpochMilli(section.getCreationTime()) : null)
                .priority(header.hasPriority() ? Byte.toUnsignedInt(header.getPriority()) : null)
                .expiration(header.hasTimeToLive() ? Long.toString(header.getTimeToLive()) : null)
                .type(type != null ? text(type) : subjectIsType ? section.getSubject() : null)
                .userId(
                        section.getUserId() == null
                                ? null
                                : new String(section.getUserId().asByteArray(), StandardCharsets.UTF_8))
                .appId(section.getGroupId())
                .persistent(header.isDurable())
                .headers(headers(message))
                .build();
    }

    private static String text(Object id) {
        return id == null ? null : id.toString();
    }

    private static Map<String, Object> headers(Amqp10Message message) {
        var headers = new LinkedHashMap<String, Object>();
        message.annotations().forEach((name, value) -> {
            if (value instanceof Map || value instanceof List) {
                headers.put(name, fromAmqp(value));
            }
        });
        message.applicationProperties().forEach((name, value) -> headers.put(name, fromAmqp(value)));
        return headers;
    }

    private static Object toAmqp(Object value) {
        if (value instanceof Instant instant) {
            return Date.from(instant);
        } else if (value instanceof byte[] bytes) {
            return new Binary(bytes);
        } else if (value instanceof BigDecimal decimal) {
            return Decimals.toAmqp(decimal);
        }
        return nested(value, Foreign10::toAmqp);
    }

    private static Object fromAmqp(Object value) {
        if (value instanceof Date date) {
            return date.toInstant();
        } else if (value instanceof Binary binary) {
            return binary.asByteArray();
        } else if (value instanceof Decimal128 decimal) {
            return Decimals.fromAmqp(decimal);
        }
        return nested(value, Foreign10::fromAmqp);
    }

    private static Object nested(Object value, UnaryOperator<Object> change) {
        if (value instanceof Map<?, ?> map) {
            var changed = new LinkedHashMap<String, Object>();
            map.forEach((key, item) -> changed.put(key.toString(), change.apply(item)));
            return changed;
        } else if (value instanceof List<?> list) {
            var changed = new ArrayList<>();
            list.forEach(item -> changed.add(change.apply(item)));
            return changed;
        }
        return value;
    }
}
