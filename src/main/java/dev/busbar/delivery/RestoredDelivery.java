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
 * A delivery of a message that had been moved away and is back in its queue. Its message is as it was before: with its
 * own headers under their own names, and, if it was parked or waited in the broker for another attempt, with the
 * exchange and the routing key that it carries as headers. Headers that tell of the wait are removed.
 */
public final class RestoredDelivery implements Delivery {

    /** More failures than any route permits: whatever number somebody writes into the header does no harm. */
    public static final int MAX_FAILURES = 10_000;

    /** The headers of a move that still hold when the message is back. */
    private static final Set<String> LASTING_HEADERS =
            Set.of(MovedHeaders.REQUEUES, MovedHeaders.USER_ID, MovedHeaders.EXPIRATION);

    private static final List<String> BROKER_HEADER_PREFIXES =
            List.of("x-death", "x-first-death-", "x-last-death-", "x-opt-deaths");

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

    /** Wraps a delivery whose message is as it was before, and tells how often handlers have failed it. */
    public static Delivery with(Delivery restored, int failures) {
        return new RestoredDelivery(restored, restored.message(), failures);
    }

    /** Wraps the delivery if its message has been moved; else returns the delivery itself. */
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

    /** Returns whether Busbar has added this header for the wait, or the broker when the wait was over. */
    private static boolean tellsOfWaiting(String header) {
        return MovedHeaders.isOfTheMove(header) && !LASTING_HEADERS.contains(header)
                || BROKER_HEADER_PREFIXES.stream().anyMatch(header::startsWith);
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
