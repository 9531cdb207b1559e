package dev.busbar.route;

import java.util.Map;

/**
 * A route in one verticle instance, as it stands.
 *
 * @param direction {@code inbound} or {@code outbound}
 * @param instance which instance of the verticle, from 0
 * @param detail why it is not {@link Condition#READY}, in words for a person; else {@code null}
 * @param open inbound: deliveries being handled; outbound: messages published and not yet confirmed
 * @param buffered outbound: messages waiting to be published
 * @param bufferedBytes the size of bodies and headers: outbound, of those not yet confirmed; inbound, of the deliveries
 *     in hand, where {@code prefetchBytes} bounds it
 */
public record RouteStatus(
        String name,
        String direction,
        String address,
        int instance,
        Condition condition,
        String detail,
        int open,
        int buffered,
        long bufferedBytes,
        Map<RouteEvent, Long> counts) {

    /** How well a route works. */
    public enum Condition {
        /** It works: its consumer is alive on the broker, or its publisher may publish. */
        READY,
        /** Its consumer is alive on the broker, which gives the messages to that of another node. */
        STANDBY,
        /** It works in part: the broker holds up publishing, for instance, and messages are buffered. */
        DEGRADED,
        /** It does not work at present, and tries to again. */
        DOWN,
        /** It has been stopped. */
        STOPPED
    }

    public RouteStatus {
        counts = Map.copyOf(counts);
    }
}
