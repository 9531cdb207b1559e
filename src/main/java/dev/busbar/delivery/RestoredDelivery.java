package dev.busbar.delivery;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.RoutingHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A delivery that was put back: with the headers it had before under their own names, and, if it was parked or waited
 * in the broker for another attempt and came back to its queue by the queue's name, with the exchange and the key it
 * had, which it carries as headers. Of its waiting nothing else is to be seen.
 */
public final class RestoredDelivery implements Delivery {

    /** More attempts than any route has: a number that a stranger writes into a header must do no harm. */
    public static final int MAX_FAILURES = 10_000;

    /** Of the headers of what is moved, those that hold for the message itself. */
    private static final Set<String> LASTING =
            Set.of(MovedHeaders.REQUEUES, MovedHeaders.USER_ID, MovedHeaders.EXPIRATION);

    private static final List<String> BROKERS = List.of("x-death", "x-first-death-", "x-last-death-", "x-opt-deaths");

    private final Delivery delivery;
    private final BridgeMessage message;
    private final int failures;

    private RestoredDelivery(Delivery delivery, BridgeMessage message, int failures) {
        this.delivery = delivery;
        this.message = message;
        this.failures = failures;
    }

    /** Returns how often handlers have failed a message before it waited in the broker; 0 if it did not wait there. */
    public static int failures(Delivery arrived) {
        return arrived instanceof RestoredDelivery restored
                ? Math.max(0, Math.min(restored.failures, MAX_FAILURES))
                : 0;
    }

    /** The delivery itself, unless it is one of these. */
    public static Delivery of(Delivery delivery) {
        var message = delivery.message();
        var present = message.properties().headers();
        var exchange = MovedHeaders.name(present, MovedHeaders.EXCHANGE);
        var key = MovedHeaders.name(present, MovedHeaders.ROUTING_KEY);
        if (message.exchange().isEmpty() && exchange != null && key != null) {
            return moved(delivery, exchange, key);
        }
        var headers = RoutingHeaders.restored(present);
        return headers == present
                ? delivery
                : new RestoredDelivery(delivery, as(message, message.exchange(), message.routingKey(), headers), 0);
    }

    private static RestoredDelivery moved(Delivery delivery, String exchange, String key) {
        var message = delivery.message();
        var own = new LinkedHashMap<>(message.properties().headers());
        var failures = MovedHeaders.number(own, MovedHeaders.FAILURES);
        own.remove(MovedHeaders.EXCHANGE);
        own.remove(MovedHeaders.ROUTING_KEY);
        if (failures != 0) {
            own.keySet().removeIf(RestoredDelivery::tellsOfWaiting);
        }
        return new RestoredDelivery(delivery, as(message, exchange, key, RoutingHeaders.restored(own)), failures);
    }

    private static BridgeMessage as(BridgeMessage message, String exchange, String key, Map<String, Object> headers) {
        return new BridgeMessage(exchange, key, message.properties().withHeaders(headers), message.body());
    }

    /** What it was sent with for its waiting, and what the broker has added when that was over. */
    private static boolean tellsOfWaiting(String header) {
        return MovedHeaders.isOfTheMove(header) && !LASTING.contains(header)
                || BROKERS.stream().anyMatch(header::startsWith);
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
    public void forget() {
        delivery.forget();
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
