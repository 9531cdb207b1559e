package dev.busbar.wamp;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.JsonText;
import dev.busbar.codec.MessageIds;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An event as it goes to the broker. A single positional argument is the body, as everybody else writes it; any other
 * arguments are an object {@code {"args": [...], "kwargs": {...}}}, and a header says so.
 *
 * @param id the same wherever the event arrives: it follows from the message's id
 */
record OutgoingEvent(RoutingKey key, Object body, MultiMap headers, long id) {

    /** There if the body is an object of arguments. */
    static final String ARGUMENTS = "x-busbar-wamp-arguments";
    /** The session that does not get the event. */
    static final String EXCLUDED = "x-busbar-wamp-excluded";

    private static final MessageIds IDS = new MessageIds();

    /** @param session of the publisher */
    static OutgoingEvent of(ClientMessage.Publish publish, RoutingKey key, long session) {
        var messageId = IDS.next();
        var headers = MultiMap.caseInsensitiveMultiMap().add(BusHeaders.MESSAGE_ID, messageId);
        if (publish.excludesMe()) {
            headers.add(EXCLUDED, Long.toString(session));
        }
        if (publish.keywords().isEmpty()) {
            var arguments = JsonText.elements(publish.arguments().toString()).elements();
            if (arguments.size() == 1) {
                return new OutgoingEvent(key, arguments.get(0), headers, id(messageId));
            }
        }
        var body = new JsonObject().put("args", publish.arguments()).put("kwargs", publish.keywords());
        return new OutgoingEvent(key, body, headers.add(ARGUMENTS, "true"), id(messageId));
    }

    /** From 1 to 2<sup>53</sup>. */
    static long id(String messageId) {
        var hash = UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
        return (hash.getLeastSignificantBits() & ((1L << 53) - 1)) + 1;
    }
}
