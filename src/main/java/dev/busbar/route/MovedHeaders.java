package dev.busbar.route;

import dev.busbar.codec.RoutingHeaders;
import java.util.Map;

/** The headers a message has besides its own while it is dead-lettered or parked, and what stays of them after. */
final class MovedHeaders {

    /** What all of them begin with. */
    static final String PREFIX = "x-busbar-";

    static final String REASON = PREFIX + "reason";
    static final String ROUTE = PREFIX + "route";
    static final String ATTEMPTS = PREFIX + "attempts";
    /** How often handlers have failed it, while it waits in the broker for another attempt. */
    static final String FAILURES = PREFIX + "failures";
    /** When it was moved, ISO-8601. */
    static final String AT = PREFIX + "at";

    /** The names of its own headers and properties, where it could not be moved with them. */
    static final String LEFT_OUT = PREFIX + "left-out";

    static final String EXCHANGE = PREFIX + "exchange";
    static final String ROUTING_KEY = PREFIX + "routing-key";
    static final String EXPIRATION = PREFIX + "expiration";
    static final String USER_ID = PREFIX + "user-id";
    /** How often it has been put back; stays with it. */
    static final String REQUEUES = PREFIX + "requeues";

    private MovedHeaders() {}

    /** Whether a header says why and whence a message was moved, and means nothing once it is back. */
    static boolean isOfTheMove(String header) {
        return header.startsWith(PREFIX) && !header.startsWith(RoutingHeaders.ORIGINAL);
    }

    /** @return as text; {@code null} if there is none, or an empty one */
    static String text(Map<String, Object> headers, String name) {
        var text = name(headers, name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** As {@link #text}, of an exchange or a routing key, which may be empty. */
    static String name(Map<String, Object> headers, String name) {
        var value = headers.get(name);
        return value == null ? null : value.toString();
    }

    /** @return 0 if there is none */
    static int number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
