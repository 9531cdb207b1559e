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
 * Remembers which attempt is next of messages that the broker has back and will deliver again, each for one time. A
 * message is known by its id, key and body, or without an id by all that it carries. Confined to one context.
 */
public final class KnownAttempts {

    /** What the broker changes when it delivers a message again. */
    private static final Set<String> COUNTS = Set.of("x-delivery-count", "x-acquired-count");

    /** Without an id, what comes after this time is rather another message that is alike in everything. */
    private static final Duration ALIKE = Duration.ofSeconds(30);

    /** @param next which attempt is next; 0 if a handler has had it */
    private record Known(int next, long at) {}

    private final int most;
    private final Duration lifetime;
    private final LongSupplier nanoTime;
    /** By {@link #name}, the oldest first. */
    private final Map<String, Known> known = new LinkedHashMap<>();

    /**
     * @param most how many are remembered; beyond it the oldest is forgotten
     * @param lifetime for how long; {@code null} for ever. That a handler has had a message without an id, 30 seconds
     *     at most
     */
    public KnownAttempts(int most, Duration lifetime) {
        this(most, lifetime, System::nanoTime);
    }

    KnownAttempts(int most, Duration lifetime, LongSupplier nanoTime) {
        this.most = most;
        this.lifetime = lifetime;
        this.nanoTime = nanoTime;
    }

    /** Which attempt is next with a message that has come, 0 if a handler has had it; {@code null} if not known. */
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
        return found.next() == 0 && arrived.message().properties().messageId() == null && isOlder(found, ALIKE);
    }

    private boolean isOlder(Known known, Duration age) {
        return nanoTime.getAsLong() - known.at() > age.toNanos();
    }

    /** @param next which attempt would be next; 0 if a handler has had it */
    public void remember(Delivery delivery, int next) {
        remember(delivery, RestoredDelivery.failures(delivery), next);
    }

    public void remember(Delivery delivery, int failures, int next) {
        var name = name(delivery.message(), failures);
        known.remove(name);
        known.put(name, new Known(next, nanoTime.getAsLong()));
        if (known.size() > most) {
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
     * Its id, and of exchange, key, body and failures a hash: some give all their messages one id. Without an id the
     * fingerprint of all there is. Remembering the body itself would cost its size.
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

    /** Whether these are one message, delivered twice, or two that nobody can tell apart. */
    public static boolean same(BridgeMessage one, BridgeMessage other) {
        return one.exchange().equals(other.exchange())
                && one.routingKey().equals(other.routingKey())
                && one.body().equals(other.body())
                && (one.properties().messageId() != null || withoutCounts(one).equals(withoutCounts(other)));
    }

    private static MessageProperties withoutCounts(BridgeMessage message) {
        var headers = new LinkedHashMap<>(message.properties().headers());
        headers.keySet().removeAll(COUNTS);
        return message.properties().withHeaders(headers);
    }
}
