package dev.busbar.route;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.HeaderValue;
import dev.busbar.config.OutboundRoute;
import dev.busbar.topic.TextTemplate;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Puts the properties and headers that an outbound route sets into its messages, in place of the sender's. */
final class RouteProperties {

    /** By the event bus headers that stand for the properties. */
    private final Map<String, TextTemplate> properties;

    /** The names have no case, because the sender's have none. */
    private final Map<String, HeaderValue> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    RouteProperties(OutboundRoute config) {
        properties = config.properties().byHeader();
        headers.putAll(config.headers());
    }

    /**
     * Returns the sender's headers with the route's properties in place of the sender's, to be read, and checked, as if
     * the sender had set them.
     *
     * @throws IllegalArgumentException if a placeholder has no value
     */
    MultiMap withProperties(MultiMap sent, Object body) {
        if (properties.isEmpty()) {
            return sent;
        }
        var all = MultiMap.caseInsensitiveMultiMap().addAll(sent);
        properties.forEach((header, template) -> all.set(header, template.expand(sent, body)));
        return all;
    }

    /**
     * Returns the properties with the route's application headers in place of the sender's.
     *
     * @throws IllegalArgumentException if a placeholder has no value, or one with half of a character
     */
    MessageProperties withHeaders(MessageProperties properties, MultiMap sent, Object body) {
        if (headers.isEmpty()) {
            return properties;
        }
        var all = new LinkedHashMap<>(properties.headers());
        all.keySet().removeIf(headers::containsKey);
        headers.forEach((name, template) -> {
            var value = template.of(sent, body);
            if (value instanceof String text) {
                BusHeaders.requireWholeCharacters(name, text);
            }
            all.put(name, value);
        });
        return properties.withHeaders(all);
    }
}
