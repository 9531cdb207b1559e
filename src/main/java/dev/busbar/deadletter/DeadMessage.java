package dev.busbar.deadletter;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.RoutingHeaders;
import dev.busbar.delivery.Fingerprint;
import dev.busbar.delivery.MovedHeaders;
import java.util.LinkedHashMap;

/**
 * A message in a dead-letter or parking queue, and why it is there. A message that no route has put there has only what
 * it carries itself.
 *
 * @param token names the message: the same each time it is listed. Messages that are equal in everything share a token
 * @param message the message as it was before it was moved
 * @param delivery the message as it is
 * @param reason why it was moved; {@code null}, as all that follow, if no route has put it here
 * @param at when it was moved, ISO-8601
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
