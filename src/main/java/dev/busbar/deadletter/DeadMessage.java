package dev.busbar.deadletter;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.RoutingHeaders;
import dev.busbar.delivery.Fingerprint;
import dev.busbar.delivery.MovedHeaders;
import java.util.LinkedHashMap;

/**
 * A message that was dead-lettered or parked, and why; what was put into the queue by others has only what it carries
 * itself.
 *
 * @param token what it is named by: the same each time it is looked at. Messages alike in all have it in common
 * @param message as it was before; the route's own headers are taken away
 * @param delivery as it is
 * @param reason {@code null}, as all that follow, if a route has not put it here
 * @param at when it came here, ISO-8601
 * @param requeues how often it has been put back before
 */
public record DeadMessage(
        String token,
        BridgeMessage message,
        Delivery delivery,
        String route,
        String reason,
        int attempts,
        String at,
        int requeues) {

    static DeadMessage of(Delivery delivery) {
        var dead = delivery.message();
        var headers = dead.properties().headers();
        var exchange = MovedHeaders.name(headers, MovedHeaders.EXCHANGE);
        var key = MovedHeaders.name(headers, MovedHeaders.ROUTING_KEY);
        return new DeadMessage(
                Fingerprint.of(dead),
                new BridgeMessage(
                        exchange == null ? dead.exchange() : exchange,
                        key == null ? dead.routingKey() : key,
                        own(dead.properties()),
                        dead.body()),
                delivery,
                MovedHeaders.text(headers, MovedHeaders.ROUTE),
                MovedHeaders.text(headers, MovedHeaders.REASON),
                MovedHeaders.number(headers, MovedHeaders.ATTEMPTS),
                MovedHeaders.text(headers, MovedHeaders.AT),
                MovedHeaders.number(headers, MovedHeaders.REQUEUES));
    }

    private static MessageProperties own(MessageProperties properties) {
        var headers = new LinkedHashMap<>(properties.headers());
        headers.keySet().removeIf(MovedHeaders::isOfTheMove);
        return properties.withHeaders(RoutingHeaders.restored(headers));
    }
}
