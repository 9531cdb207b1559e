package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The books of one lane of numbered messages, 0, 1, 2, ...: which the sender was told are safe, and which a handler has
 * seen, how often, in what order and under which id. Thread-safe.
 */
public final class Ledger {

    private static final int SHOWN = 10;

    private final String lane;
    private final BitSet safe = new BitSet();
    private final BitSet seen = new BitSet();
    private final List<String> ids = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final BitSet excused = new BitSet();
    private int latest = -1;
    private int again;
    private int failures;

    /** @param lane for messages */
    public Ledger(String lane) {
        this.lane = lane;
    }

    /** The broker has it: the sender has been told so. */
    public synchronized void safe(int n) {
        safe.set(n);
    }

    /**
     * A broker has died that had not forced to disk what was in flight, and may have kept later messages and lost
     * earlier ones, which then come late; or a held broker takes in what was in flight beside what is sent again.
     *
     * @param window how many can have been in flight
     */
    public synchronized void unconfirmedMayComeLate(int window) {
        var first = safe.nextClearBit(0);
        excused.set(first, first + window);
    }

    /** The sender has been told that the broker does not have it. */
    public synchronized void failed(int n, Throwable why) {
        failures++;
        complain(n + " failed its sender: " + why.getMessage());
    }

    /**
     * A handler was given it. Its first sighting must be in order, unless the broker marks it as delivered before; any
     * further one must have the same id.
     */
    public synchronized void seen(int n, String id, boolean redelivered) {
        while (ids.size() <= n) {
            ids.add(null);
        }
        if (seen.get(n)) {
            again++;
            if (id == null || !id.equals(ids.get(n))) {
                complain(n + " came again with id " + id + " instead of " + ids.get(n));
            }
            return;
        }
        seen.set(n);
        ids.set(n, id);
        if (n < latest && !redelivered && !excused.get(n)) {
            complain(n + " came after " + latest);
        }
        latest = Math.max(latest, n);
    }

    public synchronized int safe() {
        return safe.cardinality();
    }

    public synchronized int seen() {
        return seen.cardinality();
    }

    /** How many sightings were not the first of their message. */
    public synchronized int again() {
        return again;
    }

    public synchronized int failures() {
        return failures;
    }

    /** Of 0 to {@code count} − 1 each is safe and seen, in order, under one id. */
    public synchronized void assertComplete(int count) {
        assertThat(missing(safe, count)).as("%s: not confirmed", lane).isEmpty();
        assertNothingLost();
        assertThat(missing(seen, count)).as("%s: not seen", lane).isEmpty();
    }

    /** Whatever a sender was told is safe has been seen, in order, under one id. */
    public synchronized void assertNothingLost() {
        assertThat(complaints).as(lane).isEmpty();
        var lost = (BitSet) safe.clone();
        lost.andNot(seen);
        assertThat(lost.stream().limit(SHOWN).boxed().toList())
                .as("%s: confirmed and not seen, of %d", lane, lost.cardinality())
                .isEmpty();
    }

    private static List<Integer> missing(BitSet set, int count) {
        var missing = new BitSet();
        missing.set(0, count);
        missing.andNot(set);
        return missing.stream().limit(SHOWN).boxed().toList();
    }

    private void complain(String complaint) {
        if (complaints.size() < SHOWN) {
            complaints.add(complaint);
        }
    }

    @Override
    public synchronized String toString() {
        return lane + ": " + safe.cardinality() + " confirmed, " + seen.cardinality() + " seen, " + again + " again, "
                + failures + " failed";
    }
}
