package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One filter of this node, and how many listen to it on which branch. Confined to the hub's event loop but for reading.
 */
final class FilterBinding {

    final FilterCounts counts = new FilterCounts();
    private final TopicFilter filter;
    private final Instant since = Instant.now();
    private final boolean pinned;
    private final Map<ListenerLoop, Integer> branches = new IdentityHashMap<>();
    private volatile int listeners;
    private volatile boolean bound;
    private volatile Replay.Ring ring;
    private Future<Void> live;
    private long grace = -1;

    /** @param pinned whether it stays without listeners */
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

    /** Of its last messages; {@code null} if none are kept. */
    Replay.Ring ring() {
        return ring;
    }

    void ring(Replay.Ring kept) {
        ring = kept;
    }

    /** The timer that ends its grace; -1 if none runs. */
    long grace() {
        return grace;
    }

    void grace(long timer) {
        grace = timer;
    }

    void acquired() {
        listeners++;
    }

    /** @return whether nobody wants it any more */
    boolean released() {
        listeners--;
        return unused();
    }

    boolean unused() {
        return listeners == 0 && !pinned;
    }

    Set<ListenerLoop> branches() {
        return branches.keySet();
    }

    void attached(ListenerLoop listenerLoop) {
        branches.merge(listenerLoop, 1, Integer::sum);
    }

    void detached(ListenerLoop listenerLoop) {
        branches.computeIfPresent(listenerLoop, (same, count) -> count == 1 ? null : count - 1);
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
