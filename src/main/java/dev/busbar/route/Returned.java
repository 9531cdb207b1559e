package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.RoutingHeaders;
import java.util.LinkedHashMap;

/**
 * A delivery that was put back: with the headers it had before under their own names, and, if it was parked and came
 * back to its queue by the queue's name, with the exchange and the key it had, which it carries as headers.
 */
public final class Returned implements Delivery {

    private final Delivery delivery;
    private final BridgeMessage message;

    private Returned(Delivery delivery, BridgeMessage message) {
        this.delivery = delivery;
        this.message = message;
    }

    /** The delivery itself, unless it is one of these. */
    public static Delivery of(Delivery delivery) {
        var message = restored(delivery.message());
        return message == delivery.message() ? delivery : new Returned(delivery, message);
    }

    private static BridgeMessage restored(BridgeMessage message) {
        var present = message.properties().headers();
        var headers = RoutingHeaders.restored(present);
        var exchange = MovedHeaders.name(headers, MovedHeaders.EXCHANGE);
        var key = MovedHeaders.name(headers, MovedHeaders.ROUTING_KEY);
        if (message.exchange().isEmpty() && exchange != null && key != null) {
            var own = new LinkedHashMap<>(headers);
            own.remove(MovedHeaders.EXCHANGE);
            own.remove(MovedHeaders.ROUTING_KEY);
            return new BridgeMessage(exchange, key, message.properties().withHeaders(own), message.body());
        }
        return headers == present
                ? message
                : new BridgeMessage(
                        message.exchange(),
                        message.routingKey(),
                        message.properties().withHeaders(headers),
                        message.body());
    }

    @Override
    public BridgeMessage message() {
        return message;
    }

    @Override
    public String incomplete() {
        return delivery.incomplete();
    }

    @Override
    public boolean redelivered() {
        return delivery.redelivered();
    }

    @Override
    public boolean live() {
        return delivery.live();
    }

    @Override
    public void settle(Settlement settlement) {
        delivery.settle(settlement);
    }
}
