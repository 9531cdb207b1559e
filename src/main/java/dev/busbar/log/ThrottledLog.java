package dev.busbar.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs what may go wrong with each message, or with whatever somebody outside repeats: the first at once, then at most
 * one line a second, which says how many there were between. From any thread.
 */
public final class ThrottledLog {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Logger log;
    private final Level level;
    private final String subject;
    private final LongSupplier clock;
    private long lastNanos;
    private long unsaid;

    /** @param subject what the lines begin with, e.g. {@code route 'changes'} */
    public ThrottledLog(Logger log, Level level, String subject) {
        this(log, level, subject, System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    ThrottledLog(Logger log, Level level, String subject, LongSupplier clock) {
        this.log = log;
        this.level = level;
        this.subject = subject;
        this.clock = clock;
        this.lastNanos = clock.getAsLong() - INTERVAL_NANOS;
    }

    public void add(String complaint) {
        add(complaint, null);
    }

    /** @param cause logged with its stack trace; may be {@code null} */
    public synchronized void add(String complaint, Throwable cause) {
        var now = clock.getAsLong();
        if (now - lastNanos < INTERVAL_NANOS) {
            unsaid++;
            return;
        }
        log.atLevel(level)
                .setCause(cause)
                .log(
                        "{}: {}{}",
                        subject,
                        complaint,
                        unsaid == 0 ? "" : " (and " + unsaid + " more failures since the last line)");
        lastNanos = now;
        unsaid = 0;
    }
}
