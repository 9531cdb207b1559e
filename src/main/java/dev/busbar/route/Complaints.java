package dev.busbar.route;

import org.slf4j.Logger;

/** Logs what goes wrong with messages nobody may be waiting for: the first at once, then at most one line a second. */
final class Complaints {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Logger log;
    private final String route;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private long unsaid;

    Complaints(Logger log, String route) {
        this.log = log;
        this.route = route;
    }

    void add(String complaint) {
        var now = System.nanoTime();
        if (now - lastNanos < INTERVAL_NANOS) {
            unsaid++;
            return;
        }
        log.warn(
                "route '{}': {}{}",
                route,
                complaint,
                unsaid == 0 ? "" : " (and " + unsaid + " more failures since the last line)");
        lastNanos = now;
        unsaid = 0;
    }
}
