package dev.busbar.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Knows the application headers by which a broker or one of its plugins routes, delays or drops a message, or notes its
 * history. They belong to one publication. If a message were published again with them, the broker would route it to
 * other keys, delay it, or drop it as a duplicate. Pure functions, for any thread.
 */
public final class RoutingHeaders {

    /** The prefix of a routing header that is set aside: it records the header without the broker's acting on it. */
    public static final String ORIGINAL = "x-busbar-original-";

    private static final int MAX_NAME_BYTES = 255;

    private static final Set<String> NAMES = Set.of(
            // RabbitMQ: additional routing keys; x-cc over AMQP 1.0.
            "CC",
            "BCC",
            "x-cc",
            // RabbitMQ over AMQP 1.0: exchange and routing key of a delivered message.
            "x-exchange",
            "x-routing-key",
            // RabbitMQ: the history by which it ends cycles of dead-lettering and counts deliveries.
            "x-death",
            "x-acquired-count",
            "x-stream-offset",
            // RabbitMQ's federation: the brokers that have had the message and do not get it again.
            "x-received-from",
            // RabbitMQ's plugin for delayed messages.
            "x-delay",
            // RabbitMQ's plugin for deduplication.
            "x-deduplication-header",
            "x-cache-ttl",
            // Artemis: a message with a known id is dropped silently.
            "_AMQ_DUPL_ID",
            "_AMQ_BRIDGE_DUP",
            // Artemis: delays, and the ids of queues.
            "_AMQ_SCHED_DELIVERY",
            "_AMQ_ROUTING_TYPE",
            "_AMQ_SCALEDOWN_TO");

    private static final String[] PREFIXES = {
        "x-opt-",
        "x-basic-",
        "x-deliver",
        "x-first-death-",
        "x-last-death-",
        "x-qpid-",
        "_AMQ_ROUTE_TO",
        "_AMQ_ACK_ROUTE_TO",
        "_AMQ_ORIG_"
    };

    private RoutingHeaders() {}

    /** Returns whether this is the name of a routing header. Case counts, as it does for brokers. */
    public static boolean isRoutingHeader(String header) {
        if (NAMES.contains(header)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (header.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the headers for publishing a message again: {@link #ORIGINAL} is put before the name of each routing
     * header. A header whose name would become too long for AMQP is left out.
     */
    public static Map<String, Object> setAside(Map<String, Object> headers) {
        if (headers.keySet().stream().noneMatch(RoutingHeaders::isRoutingHeader)) {
            return headers;
        }
        Map<String, Object> renamed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!isRoutingHeader(name)) {
                renamed.putIfAbsent(name, value);
            } else if ((ORIGINAL + name).getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES) {
                renamed.put(ORIGINAL + name, value);
            }
        });
        return renamed;
    }

    /** Returns the headers with the names of before {@link #setAside}, except those that another header has now. */
    public static Map<String, Object> restored(Map<String, Object> headers) {
        if (headers.keySet().stream().noneMatch(RoutingHeaders::isSetAside)) {
            return headers;
        }
        Map<String, Object> restored = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (isSetAside(name)) {
                restored.putIfAbsent(name.substring(ORIGINAL.length()), value);
            } else {
                restored.put(name, value);
            }
        });
        return restored;
    }

    private static boolean isSetAside(String header) {
        return header.startsWith(ORIGINAL) && isRoutingHeader(header.substring(ORIGINAL.length()));
    }
}
