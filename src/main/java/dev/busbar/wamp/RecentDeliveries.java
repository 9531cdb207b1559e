package dev.busbar.wamp;

import dev.busbar.broker.Delivery;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The last messages settled. The broker may never hear of a settlement whose connection is lost, and delivers the
 * message again; it has no more of those than may have been unsettled at once.
 */
final class RecentDeliveries {

    private final int most;
    private final Set<String> names = new LinkedHashSet<>();

    RecentDeliveries(int most) {
        this.most = most;
    }

    /** @return whether it is none of these, and so one from now on */
    boolean isNew(Delivery delivery) {
        var name = name(delivery);
        if (delivery.redelivered() && names.contains(name)) {
            return false;
        }
        names.add(name);
        if (names.size() > most) {
            names.remove(names.iterator().next());
        }
        return true;
    }

    /** Not everybody gives messages ids, and some give all of them the same. */
    private static String name(Delivery delivery) {
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
