package dev.busbar.route;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The deliveries that wait in memory for their next attempt, each for a time of its own. Bounded by the prefetch.
 * Confined to the event loop.
 */
final class BackingOff {

    private final Vertx vertx;
    private final Consumer<Attempt> giveBack;
    /** By the timer that ends its backoff. */
    private final Map<Long, Attempt> waiting = new HashMap<>();

    /** @param giveBack takes what the broker has back by the time, and all that waits at the end */
    BackingOff(Vertx vertx, Consumer<Attempt> giveBack) {
        this.vertx = vertx;
        this.giveBack = giveBack;
    }

    void add(Attempt next, Duration after, Consumer<Attempt> again) {
        var timer = vertx.setTimer(after.toMillis(), id -> {
            waiting.remove(id);
            (next.delivery().live() ? again : giveBack).accept(next);
        });
        waiting.put(timer, next);
    }

    void end() {
        var all = Map.copyOf(waiting);
        waiting.clear();
        all.keySet().forEach(vertx::cancelTimer);
        List.copyOf(all.values()).forEach(giveBack);
    }
}
