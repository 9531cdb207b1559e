package dev.busbar.cluster;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How the clocks of other nodes stand against this one's, each measured by asking for its time: it was that at some
 * moment between question and answer. The quickest answer of the last few counts, so that the error is at most half its
 * round trip. All clocks are {@link System#nanoTime}, which nobody sets. Nodes that are gone are remembered for a
 * while: what they have sent may still be on its way. Thread-safe.
 */
final class PeerClocks {

    private static final int MAX_SAMPLES = 16;
    private static final int MAX_PEERS = 1_000;

    /** Their time minus this node's is between the two. */
    private record Sample(long least, long most) {

        long width() {
            return most - least;
        }

        boolean meets(Sample other) {
            return least <= other.most && other.least <= most;
        }
    }

    /** By the ids of nodes, the one asked least recently first. */
    private final Map<String, ArrayDeque<Sample>> samples = new LinkedHashMap<>();

    /** This node's time, in milliseconds since any moment. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * @param asked when the question was sent, by this node's clock
     * @param theirs the answer
     * @param answered when the answer came, by this node's clock
     */
    synchronized void measured(String id, long asked, long theirs, long answered) {
        var known = samples.remove(id);
        known = known == null ? new ArrayDeque<>() : known;
        var latest = new Sample(theirs - answered - 1, theirs - asked + 1);
        // A machine that was suspended whole has lost that time: what was measured before does not hold any more.
        known.removeIf(earlier -> !earlier.meets(latest));
        if (known.size() == MAX_SAMPLES) {
            known.poll();
        }
        known.add(latest);
        samples.put(id, known);
        if (samples.size() > MAX_PEERS) {
            samples.remove(samples.keySet().iterator().next());
        }
    }

    /** Their time minus this node's, in milliseconds; empty while it is not known. */
    synchronized OptionalLong offset(String id) {
        var known = samples.get(id);
        return known == null
                ? OptionalLong.empty()
                : known.stream()
                        .min(Comparator.comparingLong(Sample::width))
                        .map(best -> OptionalLong.of(best.least() + best.width() / 2))
                        .orElseThrow();
    }
}
