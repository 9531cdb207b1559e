package dev.busbar.web.api;

import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.deadletter.DeadMessage;
import dev.busbar.delivery.Decoded;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Map;

/** Describes a dead letter as JSON, with as much of its body as can be shown. */
final class DeadMessageView {

    /** A longer body is cut off, and not decoded. */
    private static final int MAX_BODY_BYTES = 64 << 10;

    /** The largest integer up to which JavaScript's numbers are exact. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int MAX_UTF8_BYTES_OF_CHARACTER = 4;

    private final PayloadCodec codec;
    private final long maxBytes;

    DeadMessageView(BusbarConfig config) {
        this.maxBytes = Math.min(config.broker().maxMessageBytes(), MAX_BODY_BYTES);
        this.codec = new PayloadCodec(config.datetimes(), maxBytes);
    }

    JsonObject json(DeadMessage dead) {
        var message = dead.message();
        var json = new JsonObject()
                .put("token", dead.token())
                .put("key", message.routingKey())
                .put("exchange", message.exchange())
                .put("route", dead.route())
                .put("reason", dead.reason())
                .put("attempts", dead.attempts())
                .put("at", dead.at())
                .put("requeues", dead.requeues())
                .put("redelivered", dead.delivery().redelivered())
                .put("properties", properties(message.properties()))
                .put("headers", plain(message.properties().headers()))
                .put("bytes", message.body().length());
        return body(json, dead);
    }

    private static JsonObject properties(MessageProperties properties) {
        var json = new JsonObject();
        put(json, "messageId", properties.messageId());
        put(json, "correlationId", properties.correlationId());
        put(json, "replyTo", properties.replyTo());
        put(json, "contentType", properties.contentType());
        put(json, "contentEncoding", properties.contentEncoding());
        put(json, "timestamp", properties.timestamp());
        put(json, "priority", properties.priority());
        put(json, "type", properties.type());
        put(json, "appId", properties.appId());
        return json;
    }

    private static boolean isRounded(Number number) {
        return number instanceof BigDecimal
                || number instanceof BigInteger
                || number instanceof Long whole && (whole > MAX_SAFE_INTEGER || whole < -MAX_SAFE_INTEGER);
    }

    private static void put(JsonObject json, String name, Object value) {
        if (value != null) {
            json.put(name, value instanceof Number ? value : value.toString());
        }
    }

    private JsonObject body(JsonObject json, DeadMessage dead) {
        var raw = dead.message().body();
        var decoded = raw.length() > MAX_BODY_BYTES ? null : Decoded.of(dead.delivery(), codec, maxBytes);
        if (decoded != null && decoded.problem() == null && !(decoded.body() instanceof Buffer)) {
            var written = PayloadCodec.asWritten(dead.message(), decoded.body());
            var format = written == null && decoded.body() instanceof String ? "text" : "json";
            var body = written != null ? written : decoded.body() instanceof String text ? text : json(decoded.body());
            return json.put("format", format).put("body", body).put("cut", false);
        }
        var shown = raw.getBytes(0, Math.min(raw.length(), MAX_BODY_BYTES));
        var text = text(shown, raw.length() > MAX_BODY_BYTES);
        return json.put("format", text == null ? "base64" : "text")
                .put("body", text == null ? Base64.getEncoder().encodeToString(shown) : text)
                .put("cut", raw.length() > MAX_BODY_BYTES);
    }

    private String json(Object decoded) {
        return codec.encode(decoded).body().toString();
    }

    /** @return {@code null} if the bytes are no text in UTF-8 */
    private static String text(byte[] bytes, boolean cut) {
        for (var length = bytes.length; length >= 0 && bytes.length - length < MAX_UTF8_BYTES_OF_CHARACTER; length--) {
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString();
                return text.indexOf('\0') < 0 ? text : null;
            } catch (CharacterCodingException e) {
                if (!cut) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Converts a header's value to a type of JSON; numbers that JavaScript would round become strings. */
    private static Object plain(Object value) {
        if (value instanceof Number number && isRounded(number)) {
            return number.toString();
        } else if (value instanceof Map<?, ?> map) {
            var json = new JsonObject();
            map.forEach((name, item) -> json.put(String.valueOf(name), plain(item)));
            return json;
        } else if (value instanceof Collection<?> items) {
            return new JsonArray(items.stream().map(DeadMessageView::plain).toList());
        } else if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        } else if (value instanceof Date date) {
            return date.toInstant().toString();
        } else if (value == null
                || value instanceof JsonObject
                || value instanceof JsonArray
                || value instanceof Boolean
                || value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return value;
        }
        return value.toString();
    }
}
