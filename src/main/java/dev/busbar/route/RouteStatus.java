package dev.busbar.route;

import java.util.Map;

/**
 * The status of a route in one verticle instance.
 *
 * @param name of the route
 * @param direction {@code inbound} or {@code outbound}
 * @param address the event bus address of the route
 * @param instance which instance of the verticle, from 0
 * @param condition how well the route works
 * @param detail why the route is not {@link Condition#READY}, in words for a person; else {@code null}
 * @param open inbound: deliveries being handled; outbound: messages published and not yet confirmed
 * @param buffered outbound: messages waiting to be published
 * @param bufferedBytes the size of bodies and headers: outbound, of those not yet confirmed; inbound, of the deliveries
 *     in hand, where {@code prefetchBytes} bounds it
 * @param counts how often each event has happened since the route was deployed
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
        /** The route works: its consumer is alive on the broker, or its publisher may publish. */
        READY,
        /** The route's consumer is alive, and the broker gives the messages to another node's consumer. */
        STANDBY,
        /** The route works in part: for instance, the broker holds up publishing, and messages are buffered. */
        DEGRADED,
        /** The route does not work at present, and is trying to recover. */
        DOWN,
        /** The route has been stopped. */
        STOPPED
    }

    public RouteStatus {
        counts = Map.copyOf(counts);
    }
}
