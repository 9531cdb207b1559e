package dev.busbar.route;

import dev.busbar.broker.RetryDelay;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Where deliveries wait, by arrival, while no handler listens. One of them asks now and then, with a backoff; when one
 * has been heard, all go on. Where consuming can be paused, they are given back to the broker if nobody has come after
 * a while. Confined to the event loop.
 */
final class HandlerWait {

    /** However long the backoff has become, a handler that comes back is found within this time. */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(1);

    /** Long enough for a handler to be redeployed, and less than a broker would wait for a settlement. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RetryDelay delay;
    private final Consumer<Attempt> make;
    private final Consumer<Attempt> giveBack;
    private final TreeMap<Long, Attempt> waiting = new TreeMap<>();
    private volatile boolean active;
    /** The one that asks; {@code null} between two probes. */
    private Attempt probe;

    private int probes;
    private long since;
    /** Begins a pause of consuming; {@code null} if it is not to be paused. */
    private Runnable absence;

    private boolean pausing;
    private boolean paused;

    HandlerWait(Vertx vertx, RetryDelay delay, Consumer<Attempt> make, Consumer<Attempt> giveBack) {
        this.vertx = vertx;
        this.delay = delay;
        this.make = make;
        this.giveBack = giveBack;
    }

    /** From any thread. */
    boolean active() {
        return active;
    }

    /** @param begin ends consuming, and then calls {@link #pause} */
    void onAbsence(Runnable begin) {
        absence = begin;
    }

    /** Consuming has ended: all goes back, and so does whatever comes from handlers that have gone. */
    void pause() {
        paused = true;
        take().forEach(giveBack);
    }

    /** Somebody listens; consuming begins again. */
    void resume() {
        paused = false;
        pausing = false;
        active = false;
        probe = null;
        probes = 0;
    }

    /** Waits behind those that do. */
    void add(Attempt attempt) {
        if (paused) {
            giveBack.accept(attempt);
        } else {
            waiting.put(attempt.order(), attempt);
        }
    }

    /**
     * Nobody has heard this one.
     *
     * @return whether that is news
     */
    boolean unheard(Attempt attempt) {
        add(attempt);
        var news = !active;
        if (news) {
            since = System.nanoTime();
        }
        if (news || attempt == probe) {
            active = true;
            probe = null;
            var millis = Math.min(delay.after(++probes).toMillis(), MAX_INTERVAL.toMillis());
            vertx.setTimer(millis, id -> probe());
        }
        return news;
    }

    private void probe() {
        if (!active || probe != null || pausing) {
            return;
        }
        if (absence != null && System.nanoTime() - since > PATIENCE.toNanos()) {
            pausing = true;
            absence.run();
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
            make.accept(first);
        } else if (waiting.isEmpty()) {
            // The next delivery to come finds out for itself.
            active = false;
            probes = 0;
        } else {
            vertx.setTimer(MAX_INTERVAL.toMillis(), id -> probe());
        }
    }

    /** What the broker has taken back keeps its place, as long as it is to be expected again. */
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
     * Somebody has had this one. It says that somebody listens now only if it is the one that asks: others may have
     * been given to a handler that has gone since.
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
                // The handler has gone again: whatever comes now, this stays behind those before it.
                add(next);
            } else {
                make.accept(next);
            }
        }
    }

    /** This one could be given to nobody, whoever listens: if it is the one that asks, the next one does. */
    void undeliverable(Attempt attempt) {
        if (attempt == probe) {
            probe = null;
            // Not at once: this one is still being dealt with, perhaps inside a probe.
            vertx.setTimer(1, id -> probe());
        }
    }

    /** Gives all back. */
    void end() {
        take().forEach(giveBack);
    }

    private List<Attempt> take() {
        var taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }
}
