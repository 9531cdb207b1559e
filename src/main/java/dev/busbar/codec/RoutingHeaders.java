package dev.busbar.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The application headers by which a broker or a plugin of its routes, delays or drops a message, or notes where it has
 * been. They speak of one publication: published again with the message, they would send it to other keys, hold it
 * back, or have it dropped as a duplicate. Pure functions, for any thread.
 */
public final class RoutingHeaders {

    /** Goes before the name of such a header while it only tells what the message once had. */
    public static final String ORIGINAL = "x-busbar-original-";

    private static final int MAX_NAME_BYTES = 255;

    private static final Set<String> NAMES = Set.of(
            // RabbitMQ: more routing keys, beside the one of the method; over AMQP 1.0 the last.
            "CC",
            "BCC",
            "x-cc",
            // RabbitMQ over AMQP 1.0: where a message came from.
            "x-exchange",
            "x-routing-key",
            // RabbitMQ: what has become of it, by which it ends cycles of dead-lettering and counts attempts.
            "x-death",
            "x-acquired-count",
            "x-stream-offset",
            // RabbitMQ's federation: the brokers that it is not sent to, as they have had it.
            "x-received-from",
            // RabbitMQ's plugin for delayed messages.
            "x-delay",
            // RabbitMQ's plugin for duplicates.
            "x-deduplication-header",
            "x-cache-ttl",
            // Artemis: known ids are dropped without a word.
            "_AMQ_DUPL_ID",
            "_AMQ_BRIDGE_DUP",
            // Artemis: delays, and queues by their ids.
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

    /** Names are taken as brokers take them, in their own case. */
    public static boolean isOne(String header) {
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
     * The headers of a message that is to be published again: a routing header is called {@link #ORIGINAL} and its
     * name. One whose name would become too long for AMQP is left out.
     */
    public static Map<String, Object> setAside(Map<String, Object> headers) {
        if (headers.keySet().stream().noneMatch(RoutingHeaders::isOne)) {
            return headers;
        }
        Map<String, Object> renamed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!isOne(name)) {
                renamed.putIfAbsent(name, value);
            } else if ((ORIGINAL + name).getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES) {
                renamed.put(ORIGINAL + name, value);
            }
        });
        return renamed;
    }

    /** The headers a reader is to see: those set aside have their own names again, unless others bear them now. */
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
        return header.startsWith(ORIGINAL) && isOne(header.substring(ORIGINAL.length()));
    }
}
