package dev.busbar.route;

import dev.busbar.broker.RetryDelay;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps deliveries, by arrival, while no handler listens. One of them, the probe, is dispatched now and then, with a
 * backoff; when a handler has received it, all go on. Where consuming can be paused, the deliveries are given back to
 * the broker if no handler has come after a while. Confined to the event loop.
 */
final class HandlerWait {

    /** The longest time between two probes, however long the backoff is. */
    private static final Duration MAX_PROBE_INTERVAL = Duration.ofSeconds(1);

    /** Long enough for a handler to be redeployed, and shorter than any broker waits for a settlement. */
    private static final Duration MAX_WAIT_BEFORE_PAUSE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RetryDelay delay;
    private final Consumer<Attempt> dispatch;
    private final Consumer<Attempt> giveBack;
    private final TreeMap<Long, Attempt> waiting = new TreeMap<>();
    private volatile boolean active;
    /** The delivery that has been dispatched to find a handler; {@code null} between two probes. */
    private Attempt probe;

    private int probes;
    private long activeSinceNanos;
    /** Begins a pause of consuming; {@code null} if consuming is never paused. */
    private Runnable beginPause;

    private boolean pausing;
    private boolean paused;

    HandlerWait(Vertx vertx, RetryDelay delay, Consumer<Attempt> dispatch, Consumer<Attempt> giveBack) {
        this.vertx = vertx;
        this.delay = delay;
        this.dispatch = dispatch;
        this.giveBack = giveBack;
    }

    /** Returns whether deliveries wait for a handler. From any thread. */
    boolean active() {
        return active;
    }

    /** @param begin ends consuming, and then calls {@link #pause} */
    void onAbsence(Runnable begin) {
        beginPause = begin;
    }

    /** Consuming has ended: gives back all that waits, and from now on all that would wait. */
    void pause() {
        paused = true;
        take().forEach(giveBack);
    }

    /** A handler listens, and consuming begins again. */
    void resume() {
        paused = false;
        pausing = false;
        active = false;
        probe = null;
        probes = 0;
    }

    /** Lets a delivery wait behind the others. */
    void add(Attempt attempt) {
        if (paused) {
            giveBack.accept(attempt);
        } else {
            waiting.put(attempt.order(), attempt);
        }
    }

    /**
     * No handler has received this delivery: it waits.
     *
     * @return whether it is the first one
     */
    boolean unheard(Attempt attempt) {
        add(attempt);
        var news = !active;
        if (news) {
            activeSinceNanos = System.nanoTime();
        }
        if (news || attempt == probe) {
            active = true;
            probe = null;
            var millis = Math.min(delay.after(++probes).toMillis(), MAX_PROBE_INTERVAL.toMillis());
            vertx.setTimer(millis, id -> probe());
        }
        return news;
    }

    private void probe() {
        if (!active || probe != null || pausing) {
            return;
        }
        if (beginPause != null && System.nanoTime() - activeSinceNanos > MAX_WAIT_BEFORE_PAUSE.toNanos()) {
            pausing = true;
            beginPause.run();
            return;
        }
        giveBackLost();
        var first = waiting.values().stream()
                .filter(attempt -> attempt.delivery().live())
                .findFirst()
                .orElse(null);
        if (first != null) {
            waiting.remove(first.order());
            probe = first;
            dispatch.accept(first);
        } else if (waiting.isEmpty()) {
            // The next delivery that arrives finds out whether a handler listens.
            active = false;
            probes = 0;
        } else {
            vertx.setTimer(MAX_PROBE_INTERVAL.toMillis(), id -> probe());
        }
    }

    /** Gives back deliveries that the broker has taken back, unless they are expected to come again soon. */
    private void giveBackLost() {
        for (var attempt : List.copyOf(waiting.values())) {
            var delivery = attempt.delivery();
            if (!delivery.live() && !delivery.awaited()) {
                waiting.remove(attempt.order());
                giveBack.accept(attempt);
            }
        }
    }

    /**
     * A handler has received this delivery. Only if it is the probe, a handler is known to listen now: others may have
     * reached a handler that has gone since.
     */
    void heard(Attempt attempt) {
        if (attempt != probe) {
            return;
        }
        active = false;
        probe = null;
        probes = 0;
        for (var next : take()) {
            if (!next.delivery().live()) {
                giveBack.accept(next);
            } else if (active) {
                // The handler has gone again: this delivery waits on, behind those before it.
                add(next);
            } else {
                dispatch.accept(next);
            }
        }
    }

    /** No handler can ever get this delivery: if it is the probe, another one is probed with. */
    void undeliverable(Attempt attempt) {
        if (attempt == probe) {
            probe = null;
            // Not at once: this delivery is still being dealt with, perhaps inside a probe.
            vertx.setTimer(1, id -> probe());
        }
    }

    /** Gives back all deliveries. */
    void end() {
        take().forEach(giveBack);
    }

    private List<Attempt> take() {
        var taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }
}
