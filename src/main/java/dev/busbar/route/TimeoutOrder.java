package dev.busbar.route;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the order of a route's messages when a request is left without a reply, because its node is away or its handler
 * is slow: that message, and all that come after it, wait until no other is with a handler, and then go on in the order
 * of their arrival. Messages that wait count against the prefetch. Confined to the event loop.
 */
final class TimeoutOrder {

    private final boolean kept;
    private final Consumer<Attempt> goOn;
    private final TreeMap<Long, Attempt> waiting = new TreeMap<>();
    private int handed;
    /** {@code null} while nobody waits until no delivery is with a handler. */
    private Promise<Void> free;

    /**
     * @param kept whether the route's order matters; if not, no attempt ever waits here
     * @param goOn takes the attempts that have waited
     */
    TimeoutOrder(boolean kept, Consumer<Attempt> goOn) {
        this.kept = kept;
        this.goOn = goOn;
    }

    boolean isKept() {
        return kept;
    }

    /** Returns whether an attempt that comes now has to wait. */
    boolean active() {
        return !waiting.isEmpty();
    }

    void add(Attempt attempt) {
        waiting.put(attempt.order(), attempt);
    }

    /** A delivery is handed to a handler. */
    void handedOut() {
        handed++;
    }

    /** The outcome of such a delivery is known, and dealt with. */
    void returned() {
        handed--;
        if (handed == 0) {
            take().forEach(goOn);
        }
        if (handed == 0 && free != null) {
            var over = free;
            free = null;
            over.complete();
        }
    }

    /** Returns a future that completes when no delivery is with a handler. */
    Future<Void> free() {
        if (handed == 0) {
            return Future.succeededFuture();
        }
        if (free == null) {
            free = Promise.promise();
        }
        return free.future();
    }

    /** Removes all attempts that wait, and returns them. */
    List<Attempt> take() {
        var taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }
}
