package dev.busbar.delivery;

import java.util.Map;
import java.util.Set;

/** The headers a message has besides its own while it is dead-lettered or parked, and what stays of them after. */
public final class MovedHeaders {

    /** What all of them begin with. */
    private static final String PREFIX = "x-busbar-";

    public static final String REASON = PREFIX + "reason";
    public static final String ROUTE = PREFIX + "route";
    public static final String ATTEMPTS = PREFIX + "attempts";
    /** How often handlers have failed it, while it waits in the broker for another attempt. */
    public static final String FAILURES = PREFIX + "failures";
    /** When it was moved, ISO-8601. */
    public static final String AT = PREFIX + "at";

    public static final String EXCHANGE = PREFIX + "exchange";
    public static final String ROUTING_KEY = PREFIX + "routing-key";
    public static final String EXPIRATION = PREFIX + "expiration";
    public static final String USER_ID = PREFIX + "user-id";
    /** How often it has been put back; stays with it. */
    public static final String REQUEUES = PREFIX + "requeues";

    /** Why headers of its own are texts now, or are left out. */
    public static final String UNWRITTEN = PREFIX + "unwritten";

    private static final Set<String> ALL = Set.of(
            REASON, ROUTE, ATTEMPTS, FAILURES, AT, EXCHANGE, ROUTING_KEY, EXPIRATION, USER_ID, REQUEUES, UNWRITTEN);

    private MovedHeaders() {}

    /**
     * Whether a header says why and whence a message was moved, and means nothing once it is back. Others that begin
     * likewise are the message's own, wherever it is.
     */
    public static boolean isOfTheMove(String header) {
        return ALL.contains(header);
    }

    /** @return as text; {@code null} if there is none, or an empty one */
    public static String text(Map<String, Object> headers, String name) {
        var text = name(headers, name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** As {@link #text}, of an exchange or a routing key, which may be empty. */
    public static String name(Map<String, Object> headers, String name) {
        var value = headers.get(name);
        return value == null ? null : value.toString();
    }

    /** @return 0 if there is none */
    public static int number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
