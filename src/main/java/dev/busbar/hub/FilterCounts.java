package dev.busbar.hub;

import java.util.concurrent.atomic.LongAdder;

/** Counts the messages of one filter: incremented by several event loops, read by any thread. */
final class FilterCounts {

    final LongAdder received = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();
}
