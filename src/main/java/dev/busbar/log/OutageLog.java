package dev.busbar.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Tells the log when something is down, and once that it is up again. What stays down is repeated once a minute, and
 * what comes and goes is not told more often than that; an outage that was long is. Confined to one event loop.
 */
public final class OutageLog {

    private static final long INTERVAL_NANOS = 60_000_000_000L;
    private static final long NEWS_NANOS = 1_000_000_000L;
    private static final long LONG_NANOS = 5_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Logger log;
    private final String subject;
    private final LongSupplier clock;
    private boolean down;
    private boolean told;
    private long sinceNanos;
    private long toldNanos;
    private String toldReason;
    private long untold;

    /** @param subject what the lines begin with, e.g. {@code route 'changes'} */
    public OutageLog(Logger log, String subject) {
        this(log, subject, System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    OutageLog(Logger log, String subject, LongSupplier clock) {
        this.log = log;
        this.subject = subject;
        this.clock = clock;
    }

    public void down(String reason) {
        down(reason, "");
    }

    /** @param rest said behind the reason, and no news by itself */
    public void down(String reason, String rest) {
        var now = clock.getAsLong();
        if (!down) {
            down = true;
            told = false;
            sinceNanos = now;
        }
        var sinceTold = toldReason == null ? Long.MAX_VALUE : now - toldNanos;
        var news = !reason.equals(toldReason) && sinceTold >= NEWS_NANOS;
        if (sinceTold < INTERVAL_NANOS && !news) {
            untold++;
            log.debug("{}: {}{}", subject, reason, rest);
            return;
        }
        log.warn(
                "{}: {}{}{}",
                subject,
                reason,
                rest,
                untold == 0 ? "" : " (and " + untold + " more times since the last line)");
        told = true;
        toldNanos = now;
        toldReason = reason;
        untold = 0;
    }

    /** Has no effect while nothing is down. */
    public void up(String again) {
        if (!down) {
            return;
        }
        down = false;
        var lasted = clock.getAsLong() - sinceNanos;
        if (told || lasted >= LONG_NANOS) {
            log.info("{}: {} after {} s", subject, again, lasted / NANOS_PER_MILLI / MILLIS_PER_SECOND);
        }
    }

    /** It has ended for good, and is not told to be up. */
    public void end() {
        down = false;
    }
}
