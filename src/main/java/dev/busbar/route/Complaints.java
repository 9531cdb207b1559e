package dev.busbar.route;

import dev.busbar.log.ThrottledLog;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Warns of what goes wrong with messages nobody may be waiting for. */
public final class Complaints extends ThrottledLog {

    /** @param subject what the lines begin with, e.g. {@code route 'changes'} */
    public Complaints(Logger log, String subject) {
        this(log, subject, System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    Complaints(Logger log, String subject, LongSupplier clock) {
        super(log, Level.WARN, subject, clock);
    }
}
