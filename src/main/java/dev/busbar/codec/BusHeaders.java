package dev.busbar.codec;

import io.vertx.core.MultiMap;
import java.io.StringWriter;
import java.util.Map;

/**
 * Message properties and application headers as event bus headers, and back. The tables in this package's description
 * say what becomes what. Pure functions, for any thread.
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

    /** Of requests for handlers, taken off before the handler: when they are given up. */
    public static final String DEADLINE = "amqp-deadline";

    /** The types of application headers that are not strings, e.g. {@code x-count=int;x-at=timestamp}. */
    public static final String HEADER_TYPES = "amqp-header-types";

    /** What the names above begin with. */
    static final String RESERVED = "amqp-";

    /** Goes before the name of an application header that itself begins with {@code amqp-}. */
    static final String ESCAPE = "amqp-header-";

    private BusHeaders() {}

    /**
     * The event bus headers of a message from the broker. The header {@code compression} and the compression in the
     * content encoding are left out if the body has been inflated: they speak of the body on the wire.
     *
     * @param attempt 1 for the first delivery
     * @throws IllegalArgumentException if an application header has a value of no listed type, naming both
     */
    public static MultiMap toBus(BridgeMessage message, boolean redelivered, int attempt) {
        MultiMap bus = MultiMap.caseInsensitiveMultiMap();
        for (Property property : Property.ALL) {
            String value = property.of(message);
            if (value != null) {
                bus.add(property.header, value);
            }
        }
        bus.add(REDELIVERED, redelivered ? "true" : "false");
        bus.add(ATTEMPT, Integer.toString(attempt));
        StringBuilder types = null;
        Map<String, Object> headers = message.properties().headers();
        String undone = headers.containsKey(Compression.HEADER) && BodyFormat.compressionIsUndone(message.properties())
                ? Compression.HEADER
                : null;
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            if (!header.getKey().equals(undone)) {
                types = add(bus, header.getKey(), header.getValue(), types);
            }
        }
        if (types != null) {
            bus.add(HEADER_TYPES, types.toString());
        }
        return bus;
    }

    private static StringBuilder add(MultiMap bus, String name, Object value, StringBuilder types) {
        String busName = isReserved(name) ? ESCAPE + name : name;
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
     * An application header's value as its event bus header has it.
     *
     * @throws IllegalArgumentException if it is of no listed type, or nested too deeply
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
        return name.regionMatches(true, 0, RESERVED, 0, RESERVED.length());
    }

    /**
     * The properties of a message for the broker. What the route and the broker decide ({@code amqp-routing-key},
     * {@code amqp-exchange}, {@code amqp-redelivered}, {@code amqp-attempt}, {@code amqp-deadline}) is passed over, so
     * that the headers of a received message can be sent again as they are. So are {@link RoutingHeaders} beside
     * {@code amqp-redelivered}, which only received messages have. A header with several values becomes a list.
     *
     * @param contentType the type the body was encoded as, or {@code null} to take the header's
     * @param messageId the id of a message whose headers have none
     * @param persistentDefault whether a message is persistent whose headers do not say
     * @throws IllegalArgumentException if a header has a bad value, or a name that begins with {@code amqp-} and is
     *     unknown: names the header, the value and the remedy
     */
    public static MessageProperties fromBus(
            MultiMap headers, String contentType, String messageId, boolean persistentDefault) {
        return new SenderHeaders(headers).properties(contentType, messageId, persistentDefault);
    }
}
