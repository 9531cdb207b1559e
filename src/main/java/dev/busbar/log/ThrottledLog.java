package dev.busbar.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs failures that may occur with every message, or as often as an outsider likes: the first at once, then at most
 * one line a second, which tells how many lines were suppressed. Thread-safe.
 */
public final class ThrottledLog {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Logger log;
    private final Level level;
    private final String subject;
    private final LongSupplier clock;
    private long lastNanos;
    private long suppressedLines;

    /** @param subject the beginning of each line, e.g. {@code route 'changes'} */
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

    /** As {@link #add(String, Throwable)}, without a cause. */
    public void add(String message) {
        add(message, null);
    }

    /**
     * Logs a failure, unless the last line is less than a second old.
     *
     * @param cause logged with its stack trace; may be {@code null}
     */
    public synchronized void add(String message, Throwable cause) {
        var now = clock.getAsLong();
        if (now - lastNanos < INTERVAL_NANOS) {
            suppressedLines++;
            return;
        }
        log.atLevel(level)
                .setCause(cause)
                .log(
                        "{}: {}{}",
                        subject,
                        message,
                        suppressedLines == 0 ? "" : " (and " + suppressedLines + " more failures since the last line)");
        lastNanos = now;
        suppressedLines = 0;
    }
}
