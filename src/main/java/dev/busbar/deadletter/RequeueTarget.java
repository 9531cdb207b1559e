package dev.busbar.deadletter;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.RoutingHeaders;
import dev.busbar.delivery.MoveAway;
import dev.busbar.delivery.MovedHeaders;
import dev.busbar.delivery.RestoredDelivery;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dead letter as it is published to go back: to the exchange it came from, by its own key; or, if it was parked, to
 * its queue alone. Properties that {@link MoveAway} had set aside are put back. The user id is put back if it is our
 * own, as the broker takes no other from us; else it stays a header. Headers by which the broker would send the message
 * elsewhere stay renamed, and {@link RestoredDelivery} gives them their own names again.
 *
 * @param message to be published; {@code null} if there is no way back
 * @param problem why there is none
 */
record RequeueTarget(BridgeMessage message, String problem) {

    private static final String DEFAULT_EXCHANGE = "";

    /** @param user the broker's user that publishes */
    static RequeueTarget of(BridgeMessage dead, DeadLetterQueue queue, String user) {
        var headers = dead.properties().headers();
        var exchange = MovedHeaders.name(headers, MovedHeaders.EXCHANGE);
        var key = MovedHeaders.name(headers, MovedHeaders.ROUTING_KEY);
        var parked = queue.owner() != null;
        if (!parked && (exchange == null || key == null)) {
            return new RequeueTarget(
                    null,
                    "it does not say where it came from: it lacks the headers " + MovedHeaders.EXCHANGE + " and "
                            + MovedHeaders.ROUTING_KEY + ", and was not put here by a route");
        }
        if (headers.containsKey(MovedHeaders.UNWRITTEN)) {
            return new RequeueTarget(
                    null,
                    "it cannot be sent as it was: its headers could not be kept with it ("
                            + headers.get(MovedHeaders.UNWRITTEN) + ")");
        }
        var properties = properties(dead.properties(), headers(headers, parked, user), user);
        return new RequeueTarget(
                parked
                        ? new BridgeMessage(DEFAULT_EXCHANGE, queue.owner(), properties, dead.body())
                        : new BridgeMessage(exchange, key, properties, dead.body()),
                null);
    }

    /** Keeps exchange and key of a parked message as headers, where {@link RestoredDelivery} reads them. */
    private static Map<String, Object> headers(Map<String, Object> present, boolean parked, String user) {
        var headers = new LinkedHashMap<>(RoutingHeaders.setAside(present));
        headers.keySet().removeIf(MovedHeaders::isOfTheMove);
        headers.put(MovedHeaders.REQUEUES, MovedHeaders.number(present, MovedHeaders.REQUEUES) + 1);
        if (parked) {
            keep(present, MovedHeaders.EXCHANGE, headers);
            keep(present, MovedHeaders.ROUTING_KEY, headers);
        }
        var sender = MovedHeaders.text(present, MovedHeaders.USER_ID);
        if (sender != null && !sender.equals(user)) {
            headers.put(MovedHeaders.USER_ID, sender);
        }
        return headers;
    }

    private static void keep(Map<String, Object> from, String name, Map<String, Object> to) {
        if (from.containsKey(name)) {
            to.put(name, from.get(name));
        }
    }

    private static MessageProperties properties(MessageProperties dead, Map<String, Object> headers, String user) {
        var sender = MovedHeaders.text(dead.headers(), MovedHeaders.USER_ID);
        return dead.toBuilder()
                .expiration(MovedHeaders.text(dead.headers(), MovedHeaders.EXPIRATION))
                .userId(sender != null && sender.equals(user) ? sender : null)
                .headers(headers)
                .build();
    }
}
