package dev.busbar.route;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the events of one route in one verticle instance: written by its event loop, read by any thread. */
final class RouteCounts {

    private final AtomicLongArray counts = new AtomicLongArray(RouteEvent.values().length);

    void count(RouteEvent event) {
        // One writer: a plain add with an ordered write suffices.
        counts.lazySet(event.ordinal(), counts.getPlain(event.ordinal()) + 1);
    }

    Map<RouteEvent, Long> snapshot() {
        var snapshot = new EnumMap<RouteEvent, Long>(RouteEvent.class);
        for (var event : RouteEvent.values()) {
            snapshot.put(event, counts.get(event.ordinal()));
        }
        return snapshot;
    }
}
