package dev.busbar.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What befalls one node of a cluster.
 *
 * @param after how long it has been well before
 * @param lasting how long it is away, or held
 */
record NodeFault(Kind kind, Duration after, Duration lasting) {

    enum Kind {
        /** With signal 9; then it is started again. */
        KILL,
        /** Cleanly; then it is started again. */
        STOP,
        /** It is held, connections and all: long enough for the broker to give it up, or not. */
        PAUSE
    }

    private static final int MAX_WELL_MILLIS = 6_000;
    private static final int MAX_AWAY_MILLIS = 4_000;
    private static final int MAX_HELD_MILLIS = 20_000;

    /** Each kind once in a random order, then again in another: more than there is time for. */
    static List<NodeFault> of(Random random, Duration time) {
        var faults = new ArrayList<NodeFault>();
        var deck = new ArrayList<Kind>();
        for (var left = time; !left.isNegative(); ) {
            if (deck.isEmpty()) {
                deck.addAll(List.of(Kind.values()));
            }
            var kind = deck.remove(random.nextInt(deck.size()));
            var fault = new NodeFault(
                    kind,
                    Duration.ofMillis(1_000 + random.nextInt(MAX_WELL_MILLIS)),
                    Duration.ofMillis(random.nextInt(kind == Kind.PAUSE ? MAX_HELD_MILLIS : MAX_AWAY_MILLIS)));
            faults.add(fault);
            left = left.minus(fault.after).minus(fault.lasting);
        }
        return faults;
    }

    @Override
    public String toString() {
        return after.toMillis() + " ms: " + kind + " " + lasting.toMillis() + " ms";
    }
}
