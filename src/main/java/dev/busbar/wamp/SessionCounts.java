package dev.busbar.wamp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the WAMP sessions of a node do; {@link WampCounts} explains each number. May be called from any thread.
 */
final class SessionCounts {

    final AtomicLong sockets = new AtomicLong();
    final LongAdder refused = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder events = new LongAdder();
    final LongAdder tooSlow = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder invalid = new LongAdder();

    WampCounts snapshot() {
        return new WampCounts(
                sockets.get(),
                refused.sum(),
                published.sum(),
                failed.sum(),
                events.sum(),
                tooSlow.sum(),
                unreadable.sum(),
                invalid.sum());
    }
}
