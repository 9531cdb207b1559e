package dev.busbar.route;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs what goes wrong with messages nobody may be waiting for: the first at once, then at most one line a second. Not
 * thread-safe.
 */
public final class Complaints {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Logger log;
    private final String subject;
    private final LongSupplier clock;
    private long lastNanos;
    private long unsaid;

    /** @param subject what the lines begin with, e.g. {@code route 'changes'} */
    public Complaints(Logger log, String subject) {
        this(log, subject, System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    Complaints(Logger log, String subject, LongSupplier clock) {
        this.log = log;
        this.subject = subject;
        this.clock = clock;
        this.lastNanos = clock.getAsLong() - INTERVAL_NANOS;
    }

    public void add(String complaint) {
        var now = clock.getAsLong();
        if (now - lastNanos < INTERVAL_NANOS) {
            unsaid++;
            return;
        }
        log.warn(
                "{}: {}{}",
                subject,
                complaint,
                unsaid == 0 ? "" : " (and " + unsaid + " more failures since the last line)");
        lastNanos = now;
        unsaid = 0;
    }
}
