package dev.busbar.route;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the order of a route's messages when a request is left without a reply, because its node is away or its handler
 * is slow: that message and all that come after it wait until no other is in a handler's hands, and then go on in the
 * order of their arrival. What waits counts against the prefetch. Confined to the event loop.
 */
final class TimeoutOrder {

    private final boolean kept;
    private final Consumer<Attempt> goOn;
    private final TreeMap<Long, Attempt> waiting = new TreeMap<>();
    private int inHands;

    /**
     * @param kept whether the route's order matters; if not, nothing ever waits here
     * @param goOn takes what has waited
     */
    TimeoutOrder(boolean kept, Consumer<Attempt> goOn) {
        this.kept = kept;
        this.goOn = goOn;
    }

    boolean isKept() {
        return kept;
    }

    /** Whether what comes now has to wait. */
    boolean active() {
        return !waiting.isEmpty();
    }

    void add(Attempt attempt) {
        waiting.put(attempt.order(), attempt);
    }

    /** One is given to a handler. */
    void given() {
        inHands++;
    }

    /** Its outcome is known, and dealt with. */
    void back() {
        inHands--;
        if (inHands == 0) {
            take().forEach(goOn);
        }
    }

    /** Empties it. */
    List<Attempt> take() {
        var taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }
}
