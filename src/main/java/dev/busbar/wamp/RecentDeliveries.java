package dev.busbar.wamp;

import dev.busbar.broker.Delivery;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Remembers the messages settled last, to recognise those that the broker delivers again. The broker may never learn of
 * a settlement whose connection is lost; it delivers again at most what was unsettled at once.
 */
final class RecentDeliveries {

    private final int maxRemembered;
    private final Set<String> fingerprints = new LinkedHashSet<>();

    /** @param maxRemembered how many messages are remembered: the prefetch of the subscription */
    RecentDeliveries(int maxRemembered) {
        this.maxRemembered = maxRemembered;
    }

    /** Remembers the delivery, and returns whether it is none of those remembered before. */
    boolean isNew(Delivery delivery) {
        var fingerprint = fingerprint(delivery);
        if (delivery.redelivered() && fingerprints.contains(fingerprint)) {
            return false;
        }
        fingerprints.add(fingerprint);
        if (fingerprints.size() > maxRemembered) {
            fingerprints.remove(fingerprints.iterator().next());
        }
        return true;
    }

    /** Covers more than the message id: some publishers set no id, and some set the same on every message. */
    private static String fingerprint(Delivery delivery) {
        var message = delivery.message();
        var properties = message.properties();
        var id = properties.messageId();
        return id != null
                ? String.join(
                        " ",
                        message.routingKey(),
                        Integer.toHexString(message.body().hashCode()),
                        id)
                : String.join(
                        " ",
                        message.routingKey(),
                        UUID.nameUUIDFromBytes(message.body().getBytes()).toString(),
                        String.valueOf(properties.correlationId()),
                        String.valueOf(properties.timestamp()));
    }
}
