package dev.busbar.delivery;

import dev.busbar.broker.Delivery;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Remembers, for messages that the broker has taken back and will deliver again, which attempt is next. Each entry is
 * used once. A message is recognised by its id, key and body, or without an id by all that it carries. Confined to one
 * context.
 */
public final class KnownAttempts {

    /** The headers that the broker changes when it delivers a message again. */
    private static final Set<String> COUNT_HEADERS = Set.of("x-delivery-count", "x-acquired-count");

    /** After this time a message without an id is taken for another one that is equal in everything. */
    private static final Duration ALIKE_LIFETIME = Duration.ofSeconds(30);

    /** @param next which attempt is next; 0 if a handler has handled the message */
    private record Known(int next, long at) {}

    private final int maxKnown;
    private final Duration lifetime;
    private final LongSupplier nanoTime;
    /** By {@link #name}, the oldest entry first. */
    private final Map<String, Known> known = new LinkedHashMap<>();

    /**
     * @param maxKnown how many messages are remembered; beyond it the oldest is forgotten
     * @param lifetime for how long; {@code null} for ever. That a message without an id has been handled is remembered
     *     for 30 seconds at most
     */
    public KnownAttempts(int maxKnown, Duration lifetime) {
        this(maxKnown, lifetime, System::nanoTime);
    }

    KnownAttempts(int maxKnown, Duration lifetime, LongSupplier nanoTime) {
        this.maxKnown = maxKnown;
        this.lifetime = lifetime;
        this.nanoTime = nanoTime;
    }

    /** Returns which attempt is next with this delivery: 0 if a handler has handled it, {@code null} if unknown. */
    public Integer next(Delivery arrived) {
        return next(arrived, RestoredDelivery.failures(arrived));
    }

    Integer next(Delivery arrived, int failures) {
        forgetOld();
        if (!arrived.redelivered() || known.isEmpty()) {
            return null;
        }
        var found = known.remove(name(arrived.message(), failures));
        return found == null || isAnother(arrived, found) ? null : found.next();
    }

    private boolean isAnother(Delivery arrived, Known found) {
        return found.next() == 0
                && arrived.message().properties().messageId() == null
                && isOlder(found, ALIKE_LIFETIME);
    }

    private boolean isOlder(Known known, Duration age) {
        return nanoTime.getAsLong() - known.at() > age.toNanos();
    }

    /** @param next which attempt would be next; 0 if a handler has handled the message */
    public void remember(Delivery delivery, int next) {
        remember(delivery, RestoredDelivery.failures(delivery), next);
    }

    public void remember(Delivery delivery, int failures, int next) {
        var name = name(delivery.message(), failures);
        known.remove(name);
        known.put(name, new Known(next, nanoTime.getAsLong()));
        if (known.size() > maxKnown) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private void forgetOld() {
        var oldest = known.values().iterator();
        while (lifetime != null && oldest.hasNext() && isOlder(oldest.next(), lifetime)) {
            oldest.remove();
        }
    }

    /**
     * Names a message by its id and a hash of exchange, key, body and failures, because some senders give all their
     * messages one id; without an id by the fingerprint of all that it carries. The body itself would take too much
     * memory.
     */
    private static String name(BridgeMessage message, int failures) {
        var hash = Objects.hash(message.exchange(), message.routingKey(), message.body(), failures);
        var id = message.properties().messageId();
        if (id != null) {
            return hash + " " + id;
        }
        var properties = withoutCounts(message);
        return Fingerprint.of(new BridgeMessage(message.exchange(), message.routingKey(), properties, message.body()))
                + " " + properties.replyTo() + " " + hash;
    }

    /** Returns whether these are one message delivered twice, or two messages that nobody can tell apart. */
    public static boolean same(BridgeMessage one, BridgeMessage other) {
        return one.exchange().equals(other.exchange())
                && one.routingKey().equals(other.routingKey())
                && one.body().equals(other.body())
                && (one.properties().messageId() != null || withoutCounts(one).equals(withoutCounts(other)));
    }

    private static MessageProperties withoutCounts(BridgeMessage message) {
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.keySet().removeAll(COUNT_HEADERS);
        return message.properties().withHeaders(headers);
    }
}
