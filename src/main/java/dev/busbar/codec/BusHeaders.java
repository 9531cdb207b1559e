package dev.busbar.codec;

import dev.busbar.config.BodyMode;
import io.vertx.core.MultiMap;
import java.io.StringWriter;
import java.util.Map;

/**
 * Converts message properties and application headers to event bus headers and back, by the tables in this package's
 * description. Pure functions, for any thread.
 */
public final class BusHeaders {

    public static final String ROUTING_KEY = "amqp-routing-key";
    public static final String EXCHANGE = "amqp-exchange";
    public static final String MESSAGE_ID = "amqp-message-id";
    public static final String CORRELATION_ID = "amqp-correlation-id";
    public static final String REPLY_TO = "amqp-reply-to";
    public static final String CONTENT_TYPE = "amqp-content-type";
    public static final String CONTENT_ENCODING = "amqp-content-encoding";
    public static final String TIMESTAMP = "amqp-timestamp";
    public static final String PRIORITY = "amqp-priority";
    public static final String EXPIRATION = "amqp-expiration";
    public static final String TYPE = "amqp-type";
    public static final String USER_ID = "amqp-user-id";
    public static final String APP_ID = "amqp-app-id";
    public static final String PERSISTENT = "amqp-persistent";
    public static final String REDELIVERED = "amqp-redelivered";
    public static final String ATTEMPT = "amqp-attempt";

    /** The time at which the sender of a request gives up. Removed before the handler gets the request. */
    public static final String DEADLINE = "amqp-deadline";

    /** The types of application headers that are not strings, e.g. {@code x-count=int;x-at=timestamp}. */
    public static final String HEADER_TYPES = "amqp-header-types";

    /** The prefix of all names above. */
    static final String RESERVED_PREFIX = "amqp-";

    /** The prefix of an application header whose own name begins with {@code amqp-}; it replaces nothing. */
    static final String ESCAPE_PREFIX = "amqp-header-";

    private BusHeaders() {}

    /**
     * Returns the event bus headers of a message from the broker. If the body has been inflated, the header
     * {@code compression} and the compression in the content encoding are left out, because they describe the body on
     * the wire.
     *
     * @param attempt 1 for the first delivery
     * @throws IllegalArgumentException if an application header has a value of a type that is not listed: names both
     */
    public static MultiMap toBus(BridgeMessage message, boolean redelivered, int attempt) {
        return toBus(message, redelivered, attempt, null);
    }

    /**
     * As {@link #toBus(BridgeMessage, boolean, int)}, for a body that has been read as a mode tells. Bytes are never
     * inflated, so that all headers describe them.
     *
     * @param mode {@code null} if the content type has told how the body is read
     */
    public static MultiMap toBus(BridgeMessage message, boolean redelivered, int attempt, BodyMode mode) {
        boolean asItWas = mode == BodyMode.BYTES;
        MultiMap bus = MultiMap.caseInsensitiveMultiMap();
        for (Property property : Property.ALL) {
            String value = property.of(message);
            if (value != null) {
                bus.add(property.header, value);
            }
        }
        if (asItWas && message.properties().contentEncoding() != null) {
            bus.set(CONTENT_ENCODING, message.properties().contentEncoding());
        }
        bus.add(REDELIVERED, redelivered ? "true" : "false");
        bus.add(ATTEMPT, Integer.toString(attempt));
        StringBuilder types = null;
        Map<String, Object> headers = message.properties().headers();
        boolean inflated = !asItWas
                && headers.containsKey(Compression.HEADER)
                && BodyFormat.compressionIsUndone(message.properties());
        String leftOut = inflated ? Compression.HEADER : null;
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            if (!header.getKey().equals(leftOut)) {
                types = add(bus, header.getKey(), header.getValue(), types);
            }
        }
        if (types != null) {
            bus.add(HEADER_TYPES, types.toString());
        }
        return bus;
    }

    private static StringBuilder add(MultiMap bus, String name, Object value, StringBuilder types) {
        String busName = isReserved(name) ? ESCAPE_PREFIX + name : name;
        if (value instanceof String text) {
            bus.add(busName, text);
            return types;
        }
        String path = HeaderTypes.escape(name);
        HeaderType type = typeOf(path, value);
        StringBuilder all = HeaderTypes.add(types, path, type);
        if (type.isNested()) {
            StringWriter json = new StringWriter();
            all = NestedHeaders.write(value, path, all, json);
            bus.add(busName, json.toString());
        } else {
            bus.add(busName, HeaderType.format(value));
        }
        return all;
    }

    /**
     * Returns the value of an application header as the text of its event bus header.
     *
     * @throws IllegalArgumentException if the value is of a type that is not listed, or nested too deeply
     */
    public static String text(String name, Object value) {
        if (!typeOf(name, value).isNested()) {
            return HeaderType.format(value);
        }
        StringWriter json = new StringWriter();
        NestedHeaders.write(value, name, null, json);
        return json.toString();
    }

    static HeaderType typeOf(CharSequence path, Object value) {
        HeaderType type = HeaderType.of(value);
        if (type == null) {
            throw new IllegalArgumentException("header '" + path + "' cannot be carried: a header cannot be a "
                    + value.getClass().getName());
        }
        return type;
    }

    static boolean isReserved(String name) {
        return name.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length());
    }

    /**
     * Checks a header that is not the sender's own, as those are checked.
     *
     * @throws IllegalArgumentException if the value has a surrogate without its other half, over which brokers end the
     *     session or connection: names the header
     */
    public static void requireWholeCharacters(String name, String value) {
        SenderHeaders.requireWholeCharacters(name, value, value);
    }

    /**
     * Returns the properties, for the broker, of a message with these event bus headers. Headers that the route or the
     * broker decides are ignored ({@code amqp-routing-key}, {@code amqp-exchange}, {@code amqp-redelivered},
     * {@code amqp-attempt}, {@code amqp-deadline}), so that the headers of a received message can be sent again as they
     * are. If {@code amqp-redelivered} is among them, which only received messages have, {@link RoutingHeaders} are
     * ignored too. A header with several values becomes a list.
     *
     * @param contentType the content type of the encoded body, or {@code null} to take the header's
     * @param messageId the id, unless the headers have one
     * @param persistentDefault whether the message is persistent, unless the headers tell
     * @throws IllegalArgumentException if a header has a bad value, or a name that begins with {@code amqp-} and is
     *     unknown: names the header, the value and the remedy
     */
    public static MessageProperties fromBus(
            MultiMap headers, String contentType, String messageId, boolean persistentDefault) {
        return new SenderHeaders(headers).properties(contentType, messageId, persistentDefault);
    }
}
