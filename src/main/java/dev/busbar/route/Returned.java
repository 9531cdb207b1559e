package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * A delivery that was parked, or waited in the broker for another attempt, and came back to its queue by the queue's
 * name: with the exchange and the key it had before, which it carries as headers. Of its waiting nothing else is to be
 * seen.
 */
public final class Returned implements Delivery {

    /** Of the headers of what is moved, those that hold for the message itself. */
    private static final Set<String> LASTING =
            Set.of(MovedHeaders.REQUEUES, MovedHeaders.USER_ID, MovedHeaders.EXPIRATION);

    private static final List<String> BROKERS = List.of("x-death", "x-first-death-", "x-last-death-", "x-opt-deaths");

    private final Delivery delivery;
    private final BridgeMessage message;
    private final int failures;

    private Returned(Delivery delivery, BridgeMessage message, int failures) {
        this.delivery = delivery;
        this.message = message;
        this.failures = failures;
    }

    /** How often handlers have failed it before it waited in the broker; 0 if it did not. */
    int failures() {
        return failures;
    }

    /** The delivery itself, unless it is one of these. */
    public static Delivery of(Delivery delivery) {
        var message = delivery.message();
        if (!message.exchange().isEmpty()) {
            return delivery;
        }
        var headers = message.properties().headers();
        var exchange = MovedHeaders.text(headers, MovedHeaders.EXCHANGE);
        var key = MovedHeaders.text(headers, MovedHeaders.ROUTING_KEY);
        if (exchange == null || key == null) {
            return delivery;
        }
        var own = new LinkedHashMap<>(headers);
        own.remove(MovedHeaders.EXCHANGE);
        own.remove(MovedHeaders.ROUTING_KEY);
        var failures = MovedHeaders.number(headers, MovedHeaders.FAILURES);
        if (failures != 0) {
            own.keySet().removeIf(Returned::tellsOfWaiting);
        }
        return new Returned(
                delivery,
                new BridgeMessage(exchange, key, message.properties().withHeaders(own), message.body()),
                failures);
    }

    /** What it was sent with for its waiting, and what the broker has added when that was over. */
    private static boolean tellsOfWaiting(String header) {
        return header.startsWith(MovedHeaders.PREFIX) && !LASTING.contains(header)
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
