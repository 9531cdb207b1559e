package dev.busbar.delivery;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties of a message that is moved away, with less than it came with: there are headers that a broker passes
 * on, and that the protocol does not let us write, and together with those that tell of the move they may be too long.
 * One more header says why. It is better than a message that stays where nobody can handle it, and holds up others.
 */
final class ReducedProperties {

    private ReducedProperties() {}

    /** With those headers that not every protocol and broker has as the texts that the event bus has for them. */
    static MessageProperties asText(MessageProperties properties, String why) {
        var headers = new LinkedHashMap<String, Object>();
        properties.headers().forEach((name, value) -> headers.put(name, isRare(value) ? text(name, value) : value));
        headers.put(MovedHeaders.UNWRITTEN, why);
        return properties.withHeaders(headers);
    }

    private static boolean isRare(Object value) {
        return value instanceof Map
                || value instanceof List
                || value instanceof BigDecimal
                || value instanceof Number number && !Double.isFinite(number.doubleValue());
    }

    private static String text(String name, Object value) {
        try {
            return BusHeaders.text(name, value);
        } catch (IllegalArgumentException unfit) {
            return unfit.getMessage();
        }
    }

    /** Without the headers of its own, the address for replies, and a content type or encoding that is not ASCII. */
    static MessageProperties leftOut(MessageProperties properties, String why) {
        Map<String, Object> headers = new LinkedHashMap<>(properties.headers());
        headers.keySet().removeIf(name -> !MovedHeaders.isOfTheMove(name));
        headers.put(MovedHeaders.UNWRITTEN, why);
        return properties.toBuilder()
                .replyTo(null)
                .contentType(ascii(properties.contentType()))
                .contentEncoding(ascii(properties.contentEncoding()))
                .expiration(null)
                .userId(null)
                .headers(headers)
                .build();
    }

    private static String ascii(String text) {
        return text != null && StandardCharsets.US_ASCII.newEncoder().canEncode(text) ? text : null;
    }
}
