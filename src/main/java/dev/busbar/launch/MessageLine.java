package dev.busbar.launch;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.codec.UnreadablePayloadException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** Shows a message on one line: time, routing key and body. */
final class MessageLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n][\\r\\n\\t ]*");

    private final PayloadCodec codec;

    MessageLine(PayloadCodec codec) {
        this.codec = codec;
    }

    /** Returns the line of a message, with its whole body. */
    String of(BridgeMessage message) {
        return of(message.routingKey(), body(message), Integer.MAX_VALUE);
    }

    /** Returns the line of a message, with at most this many characters of the body. */
    static String of(String key, String body, int maxBodyLength) {
        var shown = body.length() <= maxBodyLength ? body : body.substring(0, maxBodyLength) + "...";
        return LocalTime.now().format(TIME) + "  " + key + "  " + shown;
    }

    /** Returns the properties and headers of a message, a line each. */
    static List<String> properties(Delivery delivery) {
        return BusHeaders.toBus(delivery.message(), delivery.redelivered(), 1).entries().stream()
                .filter(header -> !header.getKey().equals(BusHeaders.ATTEMPT))
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    private String body(BridgeMessage message) {
        try {
            var decoded = codec.decode(message);
            var written = PayloadCodec.asWritten(message, decoded);
            return written == null ? compact(decoded) : onOneLine(written);
        } catch (UnreadablePayloadException e) {
            return "(" + message.body().length() + " bytes, unreadable: " + e.reason() + ")";
        }
    }

    /** Joins the lines of JSON, which has line breaks between its tokens only. */
    private static String onOneLine(String json) {
        return LINE_BREAKS.matcher(json).replaceAll(" ");
    }

    /** Returns the body as text, or its size if it is bytes. */
    static String compact(Object body) {
        if (body instanceof String text) {
            return text;
        }
        return body instanceof Buffer bytes ? "(" + bytes.length() + " bytes)" : Json.encode(body);
    }
}
