package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The messages of one queue that a route has in hand. A broker takes messages back with a lost connection, and from a
 * consumer that has not settled them for long (RabbitMQ's {@code consumer_timeout}), and delivers them again while
 * their handlers still work. Such a message is recognised by its id, key and body, or, as many clients write no id, by
 * all that it carries: it is not handed out a second time, and what comes of the first time holds for it. Of two
 * messages that are alike in everything, either may stand for the other. A copy that has waited in the broker for
 * another attempt is another message. For a while that is so too when the first time has ended before the message comes
 * again. Of what the route itself has given back, it remembers the attempts. Confined to the event loop.
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
     * @param content of exchange, key, body and failures a hash, or of all there is the fingerprint: remembering the
     *     body itself would cost its size
     * @param next which attempt is next; 0 if a handler has had it
     */
    private record Ended(Object content, int next, long at) {

        boolean over() {
            return System.nanoTime() - at > RETURN_TIME.toNanos();
        }
    }

    /** So much of a body is looked at when a message without an id comes. */
    private static final int MAX_NAMING_BYTES = 1_024;

    /** What the broker changes when it delivers a message again. */
    private static final Set<String> COUNTS = Set.of("x-delivery-count", "x-acquired-count");

    /** By {@link #name}; those of one name by arrival. */
    private final Map<Object, List<HeldDelivery>> held = new HashMap<>();
    /** The oldest first. */
    private final Map<String, Ended> ended = new LinkedHashMap<>();
    /** The oldest first. They come again whenever consuming goes on, here or elsewhere. */
    private final Map<String, Ended> givenBack = new LinkedHashMap<>();

    /** @return whether this is a message in hand, that the broker had taken back: then it is settled with it */
    boolean takes(Delivery again) {
        if (!again.redelivered() || held.isEmpty()) {
            return false;
        }
        for (var first : held.getOrDefault(name(again.message()), List.of())) {
            if (!first.live()
                    && first.failures() == BrokerRetry.counted(again)
                    && same(first.message(), again.message())) {
                first.renew(again);
                return true;
            }
        }
        return false;
    }

    /**
     * Which attempt is next with a message that has come: 0 if a handler has had it.
     *
     * @param otherwise if this is not known here
     */
    int next(Delivery arrived, int otherwise) {
        forgetOld();
        if (!arrived.redelivered() || ended.isEmpty() && givenBack.isEmpty()) {
            return otherwise;
        }
        var content = content(arrived, BrokerRetry.counted(arrived));
        var name = lastingName(arrived, content);
        var known = next(name, content, ended);
        return known != null ? known : Objects.requireNonNullElse(next(name, content, givenBack), otherwise);
    }

    private static Integer next(String name, Object content, Map<String, Ended> among) {
        var known = among.get(name);
        return known == null || !known.content().equals(content)
                ? null
                : among.remove(name).next();
    }

    /** The message is in hand from now on. */
    HeldDelivery hold(Delivery arrived, long weight, PausableConsumer.Life life) {
        var name = name(arrived.message());
        var holding = new HeldDelivery(name, arrived, weight, life);
        held.computeIfAbsent(name, first -> new ArrayList<>(1)).add(holding);
        return holding;
    }

    /**
     * The message is in hand no longer; to be called before it is settled.
     *
     * @param next which attempt would be next; 0 if a handler has had it
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
            remember(delivery, next, ended, MAX_ENDED);
        } else if (next > 1) {
            remember(delivery, next, givenBack, MAX_GIVEN_BACK);
        }
    }

    private static void remember(HeldDelivery delivery, int next, Map<String, Ended> among, int most) {
        var content = content(delivery, delivery.failures());
        var name = lastingName(delivery, content);
        among.remove(name);
        among.put(name, new Ended(content, next, System.nanoTime()));
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

    private static String id(BridgeMessage message) {
        return message.properties().messageId();
    }

    /** Its id; without one a number that messages which are alike have in common. */
    private static Object name(BridgeMessage message) {
        var id = id(message);
        if (id != null) {
            return id;
        }
        var body = message.body();
        return Objects.hash(
                message.routingKey(), body.length(), body.slice(0, Math.min(body.length(), MAX_NAMING_BYTES)));
    }

    private static String lastingName(Delivery delivery, Object content) {
        var id = id(delivery.message());
        return id != null ? id : content.toString();
    }

    private static Object content(Delivery delivery, int failures) {
        var message = delivery.message();
        var hash = Objects.hash(message.exchange(), message.routingKey(), message.body(), failures);
        if (id(message) != null) {
            return hash;
        }
        var properties = withoutCounts(message);
        return Fingerprint.of(new BridgeMessage(message.exchange(), message.routingKey(), properties, message.body()))
                + " " + properties.replyTo() + " " + hash;
    }

    private static boolean same(BridgeMessage one, BridgeMessage other) {
        return one.exchange().equals(other.exchange())
                && one.routingKey().equals(other.routingKey())
                && one.body().equals(other.body())
                && (id(one) != null || withoutCounts(one).equals(withoutCounts(other)));
    }

    private static MessageProperties withoutCounts(BridgeMessage message) {
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.keySet().removeAll(COUNTS);
        return message.properties().withHeaders(headers);
    }
}
