package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One filter of this node, its binding on the broker, and how many listen to it on which listener loop. Confined to the
 * hub's event loop, but its status may be read from any thread.
 */
final class FilterBinding {

    final FilterCounts counts = new FilterCounts();
    private final TopicFilter filter;
    private final Instant since = Instant.now();
    private final boolean pinned;
    private final Map<ListenerLoop, Integer> listenerLoops = new IdentityHashMap<>();
    private volatile int listeners;
    private volatile boolean bound;
    private volatile Replay.Ring ring;
    private Future<Void> live;
    private long grace = -1;

    /** @param pinned whether the binding stays without listeners */
    FilterBinding(TopicFilter filter, boolean pinned) {
        this.filter = filter;
        this.pinned = pinned;
    }

    TopicFilter filter() {
        return filter;
    }

    /** Completes when the broker has confirmed the binding. */
    Future<Void> live() {
        return live;
    }

    void live(Future<Void> confirmed) {
        live = confirmed.onSuccess(ignored -> bound = true);
    }

    /** Returns the messages kept for replay; {@code null} if none are kept. */
    Replay.Ring ring() {
        return ring;
    }

    void ring(Replay.Ring kept) {
        ring = kept;
    }

    /** Returns the timer that removes the unused binding; -1 if none runs. */
    long grace() {
        return grace;
    }

    void grace(long timer) {
        grace = timer;
    }

    void acquired() {
        listeners++;
    }

    /** One listener less. Returns whether nobody needs the binding any more. */
    boolean released() {
        listeners--;
        return unused();
    }

    boolean unused() {
        return listeners == 0 && !pinned;
    }

    Set<ListenerLoop> listenerLoops() {
        return listenerLoops.keySet();
    }

    void attached(ListenerLoop listenerLoop) {
        listenerLoops.merge(listenerLoop, 1, Integer::sum);
    }

    void detached(ListenerLoop listenerLoop) {
        listenerLoops.computeIfPresent(listenerLoop, (same, count) -> count == 1 ? null : count - 1);
    }

    /** From any thread. */
    FilterStatus status() {
        var kept = ring;
        return new FilterStatus(
                filter,
                listeners,
                bound,
                since,
                counts.received.sum(),
                counts.delivered.sum(),
                counts.dropped.sum(),
                counts.failed.sum(),
                kept == null ? 0 : kept.size());
    }
}
