package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.KnownAttempts;
import dev.busbar.delivery.RestoredDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Knows the messages of one queue that a route has in hand. A broker takes messages back with a lost connection, and
 * from a consumer that has not settled them for long (RabbitMQ's {@code consumer_timeout}), and delivers them again
 * while their handlers still work. Such a message is recognised by its id, key and body, or without an id by all that
 * it carries: it is not handled a second time, and the outcome of the first time holds for it. The same goes, for a
 * while, for a message whose handling has ended before it comes again. Of two messages that are equal in everything,
 * either may stand for the other. A copy that has waited in the broker for another attempt is another message. The
 * attempts of messages that the route itself has given back are remembered. Confined to the event loop.
 */
final class InHand {

    /** How long a message that the broker has taken back is expected to come again. */
    private static final Duration RETURN_TIME = Duration.ofSeconds(30);

    /** How many ended messages are remembered; beyond it the oldest is forgotten, and would be handled again. */
    private static final int MAX_ENDED = 10_000;

    /** How many messages given back are remembered; beyond it the oldest would begin with the first attempt. */
    private static final int MAX_GIVEN_BACK = 10_000;

    /** How much of a body counts in the name of a message without an id. */
    private static final int MAX_NAMING_BYTES = 1_024;

    /** By {@link #name}; messages of one name by arrival. */
    private final Map<Object, List<HeldDelivery>> held = new HashMap<>();
    /** What became of messages while the broker had them back. */
    private final KnownAttempts ended = new KnownAttempts(MAX_ENDED, RETURN_TIME);
    /** Which attempt is next of messages that were given back, and come again when consuming goes on somewhere. */
    private final KnownAttempts givenBack = new KnownAttempts(MAX_GIVEN_BACK, null);

    /** Recognises a message in hand that the broker has taken back, and lets this delivery settle it from now on. */
    boolean takes(Delivery again) {
        if (!again.redelivered() || held.isEmpty()) {
            return false;
        }
        for (var first : held.getOrDefault(name(again.message()), List.of())) {
            if (!first.live()
                    && first.failures() == RestoredDelivery.failures(again)
                    && KnownAttempts.same(first.message(), again.message())) {
                first.renew(again);
                return true;
            }
        }
        return false;
    }

    /**
     * Returns which attempt is next with a message that has come: 0 if a handler has handled it.
     *
     * @param otherwise returned if nothing is known of the message
     */
    int next(Delivery arrived, int otherwise) {
        var known = ended.next(arrived);
        return known != null ? known : Objects.requireNonNullElse(givenBack.next(arrived), otherwise);
    }

    /** The message is in hand from now on. */
    HeldDelivery hold(Delivery arrived, long size, PausableConsumer.BrokerConsumer origin) {
        var name = name(arrived.message());
        var holding = new HeldDelivery(name, arrived, size, origin);
        held.computeIfAbsent(name, first -> new ArrayList<>(1)).add(holding);
        return holding;
    }

    /**
     * The message is in hand no longer; to be called before it is settled.
     *
     * @param next which attempt would be next; 0 if a handler has handled it
     */
    void release(HeldDelivery delivery, int next) {
        var alike = held.get(delivery.name());
        if (alike == null || !alike.remove(delivery)) {
            return;
        }
        if (alike.isEmpty()) {
            held.remove(delivery.name());
        }
        if (!delivery.live()) {
            ended.remember(delivery, delivery.failures(), next);
        } else if (next > 1) {
            givenBack.remember(delivery, delivery.failures(), next);
        }
    }

    /** Names a message by its id; without one by a number that equal messages have in common. */
    private static Object name(BridgeMessage message) {
        var id = message.properties().messageId();
        if (id != null) {
            return id;
        }
        var body = message.body();
        return Objects.hash(
                message.routingKey(), body.length(), body.slice(0, Math.min(body.length(), MAX_NAMING_BYTES)));
    }
}
