package dev.busbar.hub;

import io.vertx.core.Vertx;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Decides whether the hub waits for listener loops that are congested. Each loop is waited for during a time of its
 * own; a loop that has used it up holds nobody back until it keeps up again. Confined to the hub's event loop.
 */
final class CongestionTimeout {

    private static final long TIMED_OUT = -1;

    private final Vertx vertx;
    private final long millis;
    private final Runnable timedOut;
    /** Each congested loop's timer, or {@link #TIMED_OUT}. */
    private final Map<ListenerLoop, Long> congested = new IdentityHashMap<>();

    private int waitedFor;

    /**
     * @param millis how long to wait for a loop; 0 to wait for none
     * @param timedOut called when a loop has used up its time
     */
    CongestionTimeout(Vertx vertx, long millis, Runnable timedOut) {
        this.vertx = vertx;
        this.millis = millis;
        this.timedOut = timedOut;
    }

    void congested(ListenerLoop listenerLoop) {
        if (millis > 0 && !congested.containsKey(listenerLoop)) {
            congested.put(listenerLoop, vertx.setTimer(millis, timer -> end(listenerLoop)));
            waitedFor++;
        }
    }

    private void end(ListenerLoop listenerLoop) {
        congested.put(listenerLoop, TIMED_OUT);
        waitedFor--;
        timedOut.run();
    }

    /** The loop keeps up again, or has no listeners any more. */
    void relieved(ListenerLoop listenerLoop) {
        var timer = congested.remove(listenerLoop);
        if (timer != null && timer != TIMED_OUT) {
            vertx.cancelTimer(timer);
            waitedFor--;
        }
    }

    /** Returns whether some loop is waited for. */
    boolean waits() {
        return waitedFor > 0;
    }

    void close() {
        congested.values().forEach(vertx::cancelTimer);
        congested.clear();
        waitedFor = 0;
    }
}
