package dev.busbar.hub;

import io.vertx.core.Vertx;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which branches do not keep up, and whether they are waited for. Each has a time of its own: one that has used it up
 * holds nobody back until it keeps up again, and says nothing about the others. Confined to the hub's event loop.
 */
final class CongestionTimeout {

    private static final long OVER = -1;

    private final Vertx vertx;
    private final long millis;
    private final Runnable over;
    /** With the timer that runs for each, or {@link #OVER}. */
    private final Map<ListenerLoop, Long> congested = new IdentityHashMap<>();

    private int waitedFor;

    /**
     * @param millis 0 to wait for none
     * @param over called when a branch has used up its time
     */
    CongestionTimeout(Vertx vertx, long millis, Runnable over) {
        this.vertx = vertx;
        this.millis = millis;
        this.over = over;
    }

    void congested(ListenerLoop listenerLoop) {
        if (millis > 0 && !congested.containsKey(listenerLoop)) {
            congested.put(listenerLoop, vertx.setTimer(millis, timer -> end(listenerLoop)));
            waitedFor++;
        }
    }

    private void end(ListenerLoop listenerLoop) {
        congested.put(listenerLoop, OVER);
        waitedFor--;
        over.run();
    }

    /** It keeps up again, or is gone. */
    void relieved(ListenerLoop listenerLoop) {
        var timer = congested.remove(listenerLoop);
        if (timer != null && timer != OVER) {
            vertx.cancelTimer(timer);
            waitedFor--;
        }
    }

    /** Whether some branch is waited for. */
    boolean waits() {
        return waitedFor > 0;
    }

    void close() {
        congested.values().forEach(vertx::cancelTimer);
        congested.clear();
        waitedFor = 0;
    }
}
