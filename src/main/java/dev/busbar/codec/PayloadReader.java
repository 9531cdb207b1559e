package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.busbar.config.BodyMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads bodies as the content type, the content encoding and kombu's compression header say. Thread-safe. */
final class PayloadReader {

    private final BoundedInflation inflation;
    private final JsonReader json = new JsonReader(true);

    PayloadReader(BoundedInflation inflation) {
        this.inflation = inflation;
    }

    /**
     * Returns the body for the event bus, as this package's description says.
     *
     * @throws UnreadablePayloadException if the body is not what the message says, or is of a refused format
     */
    Object read(BridgeMessage message) {
        BodyFormat format = BodyFormat.of(message.properties());
        MediaType type = format.type();
        if (type != null) {
            RefusedFormats.check(type.name());
        }
        ByteBuf bytes = PayloadCodec.bytes(message.body());
        if (format.opaque()) {
            return PayloadCodec.buffer(bytes);
        }
        bytes = inflated(format, bytes);
        if (type == null) {
            return jsonOrBytes(bytes);
        }
        if (type.isJson()) {
            return json(type, format.text(), bytes);
        }
        return type.isText() ? text(type, format.text(), bytes) : PayloadCodec.buffer(bytes);
    }

    /**
     * Returns the body for the event bus, read as told and not as its content type says.
     *
     * @throws UnreadablePayloadException if the body is not of that mode
     */
    Object read(BridgeMessage message, BodyMode mode) {
        ByteBuf bytes = PayloadCodec.bytes(message.body());
        if (mode == BodyMode.BYTES) {
            return PayloadCodec.buffer(bytes);
        }
        MediaType named = MediaType.parse(message.properties().contentType());
        String kind = mode == BodyMode.JSON ? MediaType.JSON : MediaType.TEXT;
        MediaType type = new MediaType(kind, named == null ? null : named.charset());
        BodyFormat format = BodyFormat.of(message.properties(), type);
        if (format.opaque()) {
            throw new UnreadablePayloadException("the body of " + bytes.readableBytes() + " bytes cannot be read as "
                    + kind + ": its content encoding, charset or compression is not known");
        }
        bytes = inflated(format, bytes);
        return mode == BodyMode.JSON ? json(type, format.text(), bytes) : text(type, format.text(), bytes);
    }

    private ByteBuf inflated(BodyFormat format, ByteBuf body) {
        ByteBuf bytes = body;
        if (format.encoding().compression() != null) {
            bytes = inflation.inflate(format.encoding().compression(), bytes);
        }
        return format.compression() == null ? bytes : inflation.inflate(format.compression(), bytes);
    }

    private Object json(MediaType type, TextEncoding encoding, ByteBuf bytes) {
        int size = bytes.readableBytes();
        try {
            return forBus(json.read(utf8(type, encoding, bytes)));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new UnreadablePayloadException("the body of " + size + " bytes is not " + type.name() + ": "
                    + e.getOriginalMessage()
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    /** Converts to UTF-8, unless the JSON parser recognises the charset by the first bytes. */
    private static ByteBuf utf8(MediaType type, TextEncoding encoding, ByteBuf bytes) {
        return encoding == null || encoding.isUtf8() || encoding.charset().equals(StandardCharsets.US_ASCII)
                ? bytes
                : Unpooled.wrappedBuffer(text(type, encoding, bytes).getBytes(StandardCharsets.UTF_8));
    }

    private Object jsonOrBytes(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return PayloadCodec.buffer(bytes);
        }
        try {
            return forBus(json.read(bytes.slice()));
        } catch (JsonProcessingException | UnreadablePayloadException e) {
            return PayloadCodec.buffer(bytes);
        }
    }

    /**
     * Wraps the outermost map or list for the event bus, and turns a value into text if the event bus has no codec for
     * it.
     */
    @SuppressWarnings("unchecked")
    static Object forBus(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return new JsonArray(list);
        }
        boolean hasCodec = !(value instanceof Instant || value instanceof BigDecimal || value instanceof BigInteger);
        return hasCodec ? value : value.toString();
    }

    private static String text(MediaType type, TextEncoding named, ByteBuf bytes) {
        TextEncoding encoding = named == null ? TextEncoding.UTF8 : named;
        try {
            return encoding.read(bytes);
        } catch (CharacterCodingException e) {
            throw new UnreadablePayloadException("the body of " + bytes.readableBytes() + " bytes with content type "
                    + type.name() + " is not " + encoding + " text: " + e.getMessage());
        }
    }
}
