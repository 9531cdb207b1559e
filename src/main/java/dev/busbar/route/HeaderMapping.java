package dev.busbar.route;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.HeaderValue;
import dev.busbar.config.InboundRoute;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes, renames and sets application headers of the messages of an inbound route, in this order. The names have no
 * case, because those on the event bus have none.
 */
final class HeaderMapping {

    private final TreeSet<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> renamed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, HeaderValue> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    HeaderMapping(InboundRoute config) {
        removed.addAll(config.removeHeaders());
        renamed.putAll(config.renameHeaders());
        set.putAll(config.headers());
    }

    boolean isEmpty() {
        return removed.isEmpty() && renamed.isEmpty() && set.isEmpty();
    }

    /**
     * Returns the message with the headers that handlers get.
     *
     * @param headers and body as they came, for placeholders; a header is left out if one of its has no value
     */
    BridgeMessage apply(BridgeMessage message, MultiMap headers, Object body) {
        Map<String, Object> mapped = new LinkedHashMap<>();
        var own = message.properties().headers();
        own.forEach((name, value) -> {
            if (!removed.contains(name) && !renamed.containsKey(name)) {
                mapped.put(name, value);
            }
        });
        own.forEach((name, value) -> {
            if (!removed.contains(name) && renamed.containsKey(name)) {
                put(mapped, renamed.get(name), value);
            }
        });
        set.forEach((name, value) -> {
            var made = value.orNull(headers, body);
            put(mapped, name, made);
            if (made == null) {
                mapped.remove(name);
            }
        });
        return new BridgeMessage(
                message.exchange(), message.routingKey(), message.properties().withHeaders(mapped), message.body());
    }

    private static void put(Map<String, Object> mapped, String name, Object value) {
        mapped.keySet().removeIf(name::equalsIgnoreCase);
        mapped.put(name, value);
    }
}
