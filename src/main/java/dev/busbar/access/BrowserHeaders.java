package dev.busbar.access;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.RoutingHeaders;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The headers of a message from a browser: none by which it would pass for somebody else, or reach what no role permits
 * it.
 */
public final class BrowserHeaders {

    /** They tell a receiver about a delivery, and a browser's message has not been delivered by the broker yet. */
    private static final Set<String> OF_DELIVERIES = Set.of(
            BusHeaders.ROUTING_KEY,
            BusHeaders.EXCHANGE,
            BusHeaders.REDELIVERED,
            BusHeaders.ATTEMPT,
            BusHeaders.DEADLINE);

    private static final String COPIES = "the broker would deliver the message to other keys too";
    private static final String SENDER = "it says who the sender is, and a browser could be anybody";

    private static final Map<String, String> FORBIDDEN = Map.of(
            BusHeaders.REPLY_TO,
            "who handles the message would answer to any queue; use send with a reply handler",
            BusHeaders.USER_ID,
            SENDER,
            BusHeaders.APP_ID,
            SENDER,
            BusHeaders.MESSAGE_ID,
            "of two messages with one id the second may be dropped; the bridge gives each its own",
            "cc",
            COPIES,
            "bcc",
            COPIES,
            "x-cc",
            COPIES);

    /** What Busbar notes on messages that it moves away, and believes when they are put back. */
    private static final String OWN = "x-busbar-";

    private BrowserHeaders() {}

    /**
     * Adds one, or passes over it if it speaks of a delivery, or is a broker's instruction or note.
     *
     * @throws IllegalArgumentException if a browser may not set it: names it and says why
     */
    public static void add(MultiMap headers, String name, String value) {
        var lower = name.toLowerCase(Locale.ROOT);
        var why = lower.startsWith(OWN) ? "names that begin with " + OWN + " are the bridge's" : FORBIDDEN.get(lower);
        if (why != null) {
            throw new IllegalArgumentException("the header " + shortened(name) + " may not be set here: " + why);
        }
        if (lower.equals(BusHeaders.CONTENT_TYPE) && !isHarmless(value)) {
            throw new IllegalArgumentException("the header " + BusHeaders.CONTENT_TYPE + " may not be "
                    + shortened(value) + " here, but JSON or text/…: to read other types can run code");
        }
        if (!OF_DELIVERIES.contains(lower) && !RoutingHeaders.isRoutingHeader(name)) {
            headers.add(name, value);
        }
    }

    private static boolean isHarmless(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json")
                || type.startsWith("application/") && type.endsWith("+json")
                || type.startsWith("text/");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
