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
 * A client's event as it is published to the broker. A single positional argument becomes the body, as other publishers
 * write it. Any other arguments become an object {@code {"args": [...], "kwargs": {...}}}, marked by a header.
 *
 * @param id the publication id; it follows from the message id and so is the same on every node
 */
record OutgoingEvent(RoutingKey key, Object body, MultiMap headers, long id) {

    /** The header that is set if the body is an object of arguments. */
    static final String ARGUMENTS = "x-busbar-wamp-arguments";
    /** The header with the id of the session that does not get the event. */
    static final String EXCLUDED = "x-busbar-wamp-excluded";

    private static final MessageIds IDS = new MessageIds();

    /** @param session the id of the publisher's session */
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

    /** Returns the publication id of a message id, from 1 to 2<sup>53</sup>. */
    static long id(String messageId) {
        var hash = UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
        return (hash.getLeastSignificantBits() & ((1L << 53) - 1)) + 1;
    }
}
