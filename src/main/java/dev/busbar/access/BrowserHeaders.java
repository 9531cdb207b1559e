package dev.busbar.access;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.RoutingHeaders;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Filters the headers of a browser's message: refuses those by which it could pass for another sender or reach keys
 * that no role permits, and leaves out those that only the broker or Busbar sets.
 */
public final class BrowserHeaders {

    /** Headers that describe a delivery; a browser's message has not been delivered by the broker yet. */
    private static final Set<String> DELIVERY_HEADERS = Set.of(
            BusHeaders.ROUTING_KEY,
            BusHeaders.EXCHANGE,
            BusHeaders.REDELIVERED,
            BusHeaders.ATTEMPT,
            BusHeaders.DEADLINE);

    private static final String WHY_NO_COPIES = "the broker would deliver the message to other keys too";
    private static final String WHY_NO_SENDER = "it names the sender, and a browser could name any";

    /** Why each of these headers may not be set. */
    private static final Map<String, String> FORBIDDEN = Map.of(
            BusHeaders.REPLY_TO,
            "the message's handler would answer to any queue; use send with a reply handler",
            BusHeaders.USER_ID,
            WHY_NO_SENDER,
            BusHeaders.APP_ID,
            WHY_NO_SENDER,
            BusHeaders.MESSAGE_ID,
            "the second of two messages with the same id may be dropped; the bridge gives each message its own",
            "cc",
            WHY_NO_COPIES,
            "bcc",
            WHY_NO_COPIES,
            "x-cc",
            WHY_NO_COPIES);

    /** The prefix of headers that Busbar sets on dead letters, and trusts when they are put back. */
    private static final String BUSBAR_PREFIX = "x-busbar-";

    private BrowserHeaders() {}

    /**
     * Adds a header, or leaves it out if it describes a delivery or is read or written by the broker itself.
     *
     * @throws IllegalArgumentException if a browser may not set the header; the message names it and says why
     */
    public static void add(MultiMap headers, String name, String value) {
        var lower = name.toLowerCase(Locale.ROOT);
        var why = lower.startsWith(BUSBAR_PREFIX)
                ? "names that begin with " + BUSBAR_PREFIX + " are Busbar's own"
                : FORBIDDEN.get(lower);
        if (why != null) {
            throw new IllegalArgumentException("the header " + shortened(name) + " may not be set here: " + why);
        }
        if (lower.equals(BusHeaders.CONTENT_TYPE) && !isHarmless(value)) {
            throw new IllegalArgumentException("the header " + BusHeaders.CONTENT_TYPE + " may not be "
                    + shortened(value) + " here, only JSON or text/…: decoding other types can run code");
        }
        if (!DELIVERY_HEADERS.contains(lower) && !RoutingHeaders.isRoutingHeader(name)) {
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
