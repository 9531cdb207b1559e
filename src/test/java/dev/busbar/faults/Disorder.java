package dev.busbar.faults;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How often handlers on all nodes were given one route's messages 0, 1, 2, ... otherwise than once and in order.
 * Thread-safe.
 */
final class Disorder {

    private static final int SHOWN = 10;

    private final int slack;
    private final BitSet seen = new BitSet();
    private final List<Integer> twice = new ArrayList<>();
    private final List<Integer> unmarked = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();
    private int latest = -1;

    /** @param slack how far behind the latest one a message may be, for nodes that work side by side */
    Disorder(int slack) {
        this.slack = slack;
    }

    /** @param isMarked as delivered before, or as a further attempt */
    synchronized void seen(int n, boolean isMarked) {
        if (seen.get(n)) {
            twice.add(n);
            if (!isMarked) {
                unmarked.add(n);
            }
        }
        if (n < latest - slack) {
            late.add(n);
        }
        seen.set(n);
        latest = Math.max(latest, n);
    }

    /** How many different ones. */
    synchronized int seen() {
        return seen.cardinality();
    }

    /** How many sightings were not the first of their message. */
    synchronized int twice() {
        return twice.size();
    }

    /** How many of them did not say so. */
    synchronized int unmarked() {
        return unmarked.size();
    }

    /** How many came after others that follow them. */
    synchronized int late() {
        return late.size();
    }

    @Override
    public synchronized String toString() {
        return seen.cardinality() + " seen, " + twice.size() + " twice" + few(twice) + ", " + unmarked.size()
                + " of them unmarked" + few(unmarked) + ", " + late.size() + " out of order" + few(late);
    }

    private static List<Integer> few(List<Integer> numbers) {
        return numbers.subList(0, Math.min(SHOWN, numbers.size()));
    }
}
