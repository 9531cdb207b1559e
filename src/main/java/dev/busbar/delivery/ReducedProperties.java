package dev.busbar.delivery;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces the properties of a message that is to be moved away and cannot be written whole: there are headers that a
 * broker delivers and the protocol does not let us write, and together with the headers of the move they may be too
 * long. One more header says why. Else the message would stay where nobody can handle it, and hold up others.
 */
final class ReducedProperties {

    private ReducedProperties() {}

    /** Turns headers whose types not every protocol and broker has into the texts that the event bus has for them. */
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

    /** Leaves out the message's own headers, the reply address, and a content type or encoding that is not ASCII. */
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
