package dev.busbar.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs when something is down, and once that it is up again. An outage that goes on is repeated once a minute. Outages
 * that follow each other quickly are logged once a minute too, except those with a new reason. Confined to one event
 * loop.
 */
public final class OutageLog {

    private static final long REPEAT_INTERVAL_NANOS = 60_000_000_000L;
    private static final long NEW_REASON_INTERVAL_NANOS = 1_000_000_000L;
    private static final long LONG_OUTAGE_NANOS = 5_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Logger log;
    private final String subject;
    private final LongSupplier clock;
    private boolean down;
    private boolean outageLogged;
    private long downSinceNanos;
    private long lastLineNanos;
    private String lastReason;
    private long suppressedLines;

    /** @param subject the beginning of each line, e.g. {@code route 'changes'} */
    public OutageLog(Logger log, String subject) {
        this(log, subject, System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    OutageLog(Logger log, String subject, LongSupplier clock) {
        this.log = log;
        this.subject = subject;
        this.clock = clock;
    }

    /** As {@link #down(String, String)}, without a detail. */
    public void down(String reason) {
        down(reason, "");
    }

    /**
     * Logs that the subject is down, unless that was logged shortly before.
     *
     * @param reason why; another reason than before is logged at once
     * @param detail follows the reason; another detail alone is not logged again
     */
    public void down(String reason, String detail) {
        var now = clock.getAsLong();
        if (!down) {
            down = true;
            outageLogged = false;
            downSinceNanos = now;
        }
        var sinceLastLine = lastReason == null ? Long.MAX_VALUE : now - lastLineNanos;
        var isNewReason = !reason.equals(lastReason) && sinceLastLine >= NEW_REASON_INTERVAL_NANOS;
        if (sinceLastLine < REPEAT_INTERVAL_NANOS && !isNewReason) {
            suppressedLines++;
            log.debug("{}: {}{}", subject, reason, detail);
            return;
        }
        log.warn(
                "{}: {}{}{}",
                subject,
                reason,
                detail,
                suppressedLines == 0 ? "" : " (and " + suppressedLines + " more times since the last line)");
        outageLogged = true;
        lastLineNanos = now;
        lastReason = reason;
        suppressedLines = 0;
    }

    /**
     * Logs that the subject is up again, if its outage was logged or long. Has no effect while it is up.
     *
     * @param message what it does again, e.g. {@code consuming again}
     */
    public void up(String message) {
        if (!down) {
            return;
        }
        down = false;
        var lasted = clock.getAsLong() - downSinceNanos;
        if (outageLogged || lasted >= LONG_OUTAGE_NANOS) {
            log.info("{}: {} after {} s", subject, message, lasted / NANOS_PER_MILLI / MILLIS_PER_SECOND);
        }
    }

    /** Forgets the outage without logging its end, because the subject is closed for good. */
    public void end() {
        down = false;
    }
}
