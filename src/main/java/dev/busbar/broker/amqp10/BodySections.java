package dev.busbar.broker.amqp10;

import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.DatetimeStyle;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.message.Message;

/**
 * Writes bodies as one data section, and reads bodies of every kind: strings as text in UTF-8, binary as bytes, all
 * else as JSON.
 */
final class BodySections {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final Symbol JMS_TYPE = Symbol.valueOf("x-opt-jms-msg-type");
    private static final Byte JMS_WITHOUT_BODY = 0;
    private static final Buffer EMPTY = Buffer.buffer();
    private static final PayloadCodec CODEC = new PayloadCodec(DatetimeStyle.ISO, 1);

    private BodySections() {}

    /**
     * A body as bytes.
     *
     * @param contentType the content type of the bytes
     * @param contentEncoding the content encoding of the bytes
     * @param problem why these are not all bytes, or {@code null}
     */
    record Body(Buffer bytes, String contentType, String contentEncoding, String problem) {}

    static Data toAmqp(Buffer body) {
        var bytes = ((BufferInternal) body).getByteBuf();
        return new Data(
                bytes.hasArray()
                        ? new Binary(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes())
                        : new Binary(body.getBytes()));
    }

    /** @param message a message as {@link MessageDecoder} decodes it */
    static Body fromAmqp(Message message, Properties properties) {
        var contentType = Ids.text(properties.getContentType());
        var contentEncoding = Ids.text(properties.getContentEncoding());
        var section = message.getBody();
        if (section instanceof Data data) {
            return new Body(bytes(data.getValue()), contentType, contentEncoding, null);
        } else if (section == null) {
            return new Body(EMPTY, contentType, contentEncoding, null);
        } else if (section instanceof AmqpValue value) {
            return value.getValue() == null && hasNoBody(message)
                    ? new Body(EMPTY, contentType, contentEncoding, null)
                    : fromValue(value.getValue(), contentType);
        } else if (section instanceof AmqpSequence sequence) {
            return fromValue(sequence.getValue() == null ? List.of() : sequence.getValue(), contentType);
        }
        var unreadable = (UnreadableBody) section;
        return new Body(
                bytes(unreadable.message()),
                null,
                null,
                "the message cannot be decoded: " + unreadable.problem() + "; its body stands for all of it, encoded");
    }

    /**
     * Whether the message has no body: JMS marks such a message, and sends a null for the body, as Broker-J does for a
     * message from 0-9-1.
     */
    private static boolean hasNoBody(Message message) {
        var annotations = message.getMessageAnnotations();
        return annotations != null
                && annotations.getValue() != null
                && JMS_WITHOUT_BODY.equals(annotations.getValue().get(JMS_TYPE));
    }

    /**
     * Converts a typed value to bytes. Leaves out the content encoding, which says how bytes are to be read: here there
     * were none.
     */
    private static Body fromValue(Object value, String contentType) {
        if (value instanceof Binary binary) {
            return new Body(bytes(binary), contentType, null, null);
        }
        try {
            var converted = HeaderValues.fromAmqp(value);
            return converted instanceof String text
                    ? new Body(Buffer.buffer(text), textType(contentType), null, null)
                    : new Body(CODEC.encode(withoutInfinity(converted)).body(), JSON, null, null);
        } catch (IllegalArgumentException e) {
            return new Body(EMPTY, contentType, null, "the body " + e.getMessage());
        }
    }

    private static Buffer bytes(Binary binary) {
        return binary == null
                ? EMPTY
                : BufferInternal.buffer(
                        Unpooled.wrappedBuffer(binary.getArray(), binary.getArrayOffset(), binary.getLength()));
    }

    /** Returns the content type of a text, which has become UTF-8, whatever charset it had once. */
    private static String textType(String contentType) {
        if (contentType == null || contentType.isEmpty()) {
            return TEXT;
        }
        var parameters = contentType.indexOf(';');
        return parameters >= 0 && contentType.toLowerCase(Locale.ROOT).indexOf("charset=", parameters) >= 0
                ? contentType.substring(0, parameters) + "; charset=utf-8"
                : contentType;
    }

    /** Replaces numbers that are not finite by their names as text, because JSON has no such numbers. */
    private static Object withoutInfinity(Object value) {
        if (value instanceof Map<?, ?> map) {
            var finite = new LinkedHashMap<Object, Object>();
            map.forEach((key, inner) -> finite.put(key, withoutInfinity(inner)));
            return finite;
        } else if (value instanceof List<?> list) {
            var finite = new ArrayList<Object>(list.size());
            list.forEach(inner -> finite.add(withoutInfinity(inner)));
            return finite;
        }
        return (value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue())
                ? value.toString()
                : value;
    }
}
