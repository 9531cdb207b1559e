package dev.busbar.delivery;

import java.util.Map;
import java.util.Set;

/** Lists the headers that Busbar adds to a message while it is dead-lettered, parked or delayed. */
public final class MovedHeaders {

    /** The prefix of all these headers. */
    private static final String PREFIX = "x-busbar-";

    public static final String REASON = PREFIX + "reason";
    public static final String ROUTE = PREFIX + "route";
    public static final String ATTEMPTS = PREFIX + "attempts";
    /** How often handlers have failed on the message that now waits in the broker for another attempt. */
    public static final String FAILURES = PREFIX + "failures";
    /** When it was moved, ISO-8601. */
    public static final String AT = PREFIX + "at";

    public static final String EXCHANGE = PREFIX + "exchange";
    public static final String ROUTING_KEY = PREFIX + "routing-key";
    public static final String EXPIRATION = PREFIX + "expiration";
    public static final String USER_ID = PREFIX + "user-id";
    /** How often the message has been put back; stays on it for ever. */
    public static final String REQUEUES = PREFIX + "requeues";

    /** Why the message's own headers have become texts, or are missing. */
    public static final String UNWRITTEN = PREFIX + "unwritten";

    private static final Set<String> ALL = Set.of(
            REASON, ROUTE, ATTEMPTS, FAILURES, AT, EXCHANGE, ROUTING_KEY, EXPIRATION, USER_ID, REQUEUES, UNWRITTEN);

    private MovedHeaders() {}

    /**
     * Returns whether Busbar has added this header for a move, so that it means nothing once the message is back. Other
     * headers with the same prefix belong to the message.
     */
    public static boolean isOfTheMove(String header) {
        return ALL.contains(header);
    }

    /** Returns a header as text; {@code null} if it is missing or empty. */
    public static String text(Map<String, Object> headers, String name) {
        var text = name(headers, name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Returns the name of an exchange, or a routing key, which may be empty; {@code null} if it is missing. */
    public static String name(Map<String, Object> headers, String name) {
        var value = headers.get(name);
        return value == null ? null : value.toString();
    }

    /** Returns a header as a number; 0 if it is missing. */
    public static int number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
