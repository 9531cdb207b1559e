package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Decides by content type, content encoding and kombu's compression header how a body is read. */
final class PayloadReader {

    private final BoundedInflation inflation;
    private final JsonReader json = new JsonReader(true);

    PayloadReader(BoundedInflation inflation) {
        this.inflation = inflation;
    }

    Object read(BridgeMessage message) {
        MessageProperties properties = message.properties();
        MediaType type = MediaType.parse(properties.contentType());
        if (type != null) {
            RefusedFormats.check(type.name());
        }
        BodyEncoding encoding = BodyEncoding.parse(properties.contentEncoding());
        if (encoding.problem() != null) {
            throw new UnreadablePayloadException(encoding.problem());
        }
        ByteBuf bytes = PayloadCodec.bytes(message.body());
        if (encoding.compression() != null) {
            bytes = inflation.inflate(encoding.compression(), bytes);
        }
        Compression compression = compression(properties.headers());
        if (compression != null) {
            bytes = inflation.inflate(compression, bytes);
        }
        if (type == null) {
            return jsonElseBytes(bytes);
        }
        if (type.isJson()) {
            return json(type, encoding.charset(), bytes);
        }
        return type.isText() ? text(type, encoding.charset(), bytes) : PayloadCodec.buffer(bytes);
    }

    private static Compression compression(Map<String, Object> headers) {
        Object named = headers.isEmpty() ? null : headers.get(Compression.HEADER);
        if (named == null || "".equals(named)) {
            return null;
        }
        Compression compression = named instanceof String name ? Compression.inHeader(name) : null;
        if (compression == null) {
            throw new UnreadablePayloadException("the header '" + Compression.HEADER + "' names the compression '"
                    + named + "', which is not read; use application/x-gzip, application/x-bz2 or none");
        }
        return compression;
    }

    private Object json(MediaType type, Charset encoding, ByteBuf bytes) {
        Charset charset = type.charset() == null ? encoding : charset(type);
        if (charset != null && charset != StandardCharsets.UTF_8 && charset != StandardCharsets.US_ASCII) {
            throw new UnreadablePayloadException(
                    "content type " + type.name() + " with charset " + charset + ": JSON is read as UTF-8 only");
        }
        int size = bytes.readableBytes();
        try {
            return forBus(json.read(bytes));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new UnreadablePayloadException("the body of " + size + " bytes is not " + type.name() + ": "
                    + e.getOriginalMessage()
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    private Object jsonElseBytes(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return PayloadCodec.buffer(bytes);
        }
        try {
            return forBus(json.read(bytes.slice()));
        } catch (JsonProcessingException | UnreadablePayloadException e) {
            return PayloadCodec.buffer(bytes);
        }
    }

    /** Wraps the outermost value; one the event bus has no codec for goes as its text. */
    @SuppressWarnings("unchecked")
    static Object forBus(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return new JsonArray(list);
        }
        boolean carried = !(value instanceof Instant || value instanceof BigDecimal || value instanceof BigInteger);
        return carried ? value : value.toString();
    }

    private static String text(MediaType type, Charset encoding, ByteBuf bytes) {
        Charset charset = type.charset() != null ? charset(type) : encoding != null ? encoding : StandardCharsets.UTF_8;
        try {
            return charset.newDecoder().decode(bytes.nioBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadablePayloadException("the body of " + bytes.readableBytes() + " bytes with content type "
                    + type.name() + " is not " + charset + " text: " + e.getMessage());
        }
    }

    private static Charset charset(MediaType type) {
        Charset charset = BodyEncoding.charset(type.charset());
        if (charset == null) {
            throw new UnreadablePayloadException(
                    "content type " + type.name() + " names the charset '" + type.charset() + "', which is not known");
        }
        return charset;
    }
}
