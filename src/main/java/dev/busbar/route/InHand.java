package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The messages of one queue that a route has in hand, by their ids. A broker takes messages back with a lost
 * connection, and from a consumer that has not settled them for long (RabbitMQ's {@code consumer_timeout}), and
 * delivers them again while their handlers still work. Such a message is recognised by its id, key and body: it is not
 * handed out a second time, and what comes of the first time holds for it. A copy that has waited in the broker for
 * another attempt is another message. For a while that is so too when the first time has ended before the message comes
 * again. Of what the route itself has given back, it remembers the attempts. Messages without an id are not recognised.
 * Confined to the event loop.
 */
final class InHand {

    /** How long a message that the broker has taken back is expected to come again. */
    private static final Duration RETURN_TIME = Duration.ofSeconds(30);

    /** How many of those are remembered; beyond it the oldest is forgotten, and would be handled again. */
    private static final int MAX_ENDED = 10_000;

    /** The same of those given back; beyond it the oldest would begin with the first attempt. */
    private static final int MAX_GIVEN_BACK = 10_000;

    /**
     * What became of a message while the broker had it back.
     *
     * @param content a hash of exchange, key, body and failures: remembering the body itself would cost its size
     * @param next which attempt is next; 0 if a handler has had it
     */
    private record Ended(int content, int next, long at) {

        boolean over() {
            return System.nanoTime() - at > RETURN_TIME.toNanos();
        }
    }

    private final Map<String, HeldDelivery> held = new HashMap<>();
    /** The oldest first. */
    private final Map<String, Ended> ended = new LinkedHashMap<>();
    /** The oldest first. They come again whenever consuming goes on, here or elsewhere. */
    private final Map<String, Ended> givenBack = new LinkedHashMap<>();

    /** @return whether this is a message in hand, that the broker had taken back: then it is settled with it */
    boolean takes(Delivery again) {
        var first = again.redelivered() ? held.get(id(again)) : null;
        if (first == null
                || first.live()
                || first.failures() != BrokerRetry.counted(again)
                || !same(first.message(), again.message())) {
            return false;
        }
        first.renew(again);
        return true;
    }

    /**
     * Which attempt is next with a message that has come: 0 if a handler has had it.
     *
     * @param otherwise if this is not known here
     */
    int next(Delivery arrived, int otherwise) {
        forgetOld();
        var known = next(arrived, ended);
        return known != null ? known : Objects.requireNonNullElse(next(arrived, givenBack), otherwise);
    }

    private static Integer next(Delivery arrived, Map<String, Ended> among) {
        var known = arrived.redelivered() ? among.get(id(arrived)) : null;
        return known == null || known.content() != content(arrived.message(), BrokerRetry.counted(arrived))
                ? null
                : among.remove(id(arrived)).next();
    }

    /** The message is in hand from now on. */
    HeldDelivery hold(Delivery arrived, long weight, PausableConsumer.Life life) {
        var holding = new HeldDelivery(arrived, weight, life);
        if (id(arrived) != null) {
            held.putIfAbsent(id(arrived), holding);
        }
        return holding;
    }

    /**
     * The message is in hand no longer; to be called before it is settled.
     *
     * @param next which attempt would be next; 0 if a handler has had it
     */
    void release(HeldDelivery delivery, int next) {
        var id = id(delivery);
        if (!held.remove(id, delivery)) {
            return;
        }
        if (!delivery.live()) {
            remember(delivery, next, ended, MAX_ENDED);
        } else if (next > 1) {
            remember(delivery, next, givenBack, MAX_GIVEN_BACK);
        }
    }

    private static void remember(HeldDelivery delivery, int next, Map<String, Ended> among, int most) {
        var id = id(delivery);
        among.remove(id);
        among.put(id, new Ended(content(delivery.message(), delivery.failures()), next, System.nanoTime()));
        if (among.size() > most) {
            among.remove(among.keySet().iterator().next());
        }
    }

    private void forgetOld() {
        var oldest = ended.values().iterator();
        while (oldest.hasNext() && oldest.next().over()) {
            oldest.remove();
        }
    }

    private static String id(Delivery delivery) {
        return delivery.message().properties().messageId();
    }

    private static int content(BridgeMessage message, int failures) {
        return Objects.hash(message.exchange(), message.routingKey(), message.body(), failures);
    }

    private static boolean same(BridgeMessage one, BridgeMessage other) {
        return one.exchange().equals(other.exchange())
                && one.routingKey().equals(other.routingKey())
                && one.body().equals(other.body());
    }
}
