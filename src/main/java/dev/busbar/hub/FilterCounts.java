package dev.busbar.hub;

import java.util.concurrent.atomic.LongAdder;

/** Counts of one filter: added to by several event loops, read by anyone. */
final class FilterCounts {

    final LongAdder received = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();
}
