package dev.busbar.cluster;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Estimates how far the clocks of other nodes differ from this node's. A node is asked for its time, which was right at
 * some moment between question and answer. Of the last answers the quickest counts, so that the error is at most half
 * its round trip. The clocks are {@link System#nanoTime}, which nobody adjusts. Nodes that are gone are remembered for
 * a while, because their messages may still be on the way. Thread-safe.
 */
final class PeerClocks {

    private static final int MAX_SAMPLES = 16;
    private static final int MAX_PEERS = 1_000;

    /** Bounds for the other node's time minus this node's, in milliseconds. */
    private record Sample(long min, long max) {

        long width() {
            return max - min;
        }

        boolean overlaps(Sample other) {
            return min <= other.max && other.min <= max;
        }
    }

    /** By the id of the node; the node measured least recently is first. */
    private final Map<String, ArrayDeque<Sample>> samples = new LinkedHashMap<>();

    /** Returns this node's time, in milliseconds since an arbitrary moment. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * Adds a measurement.
     *
     * @param asked when the question was sent, by this node's clock
     * @param theirs the other node's time, which was its answer
     * @param answered when the answer came, by this node's clock
     */
    synchronized void add(String id, long asked, long theirs, long answered) {
        var known = samples.remove(id);
        known = known == null ? new ArrayDeque<>() : known;
        var latest = new Sample(theirs - answered - 1, theirs - asked + 1);
        // The clock of a suspended machine stands still, so earlier measurements that contradict this one are outdated.
        known.removeIf(earlier -> !earlier.overlaps(latest));
        if (known.size() == MAX_SAMPLES) {
            known.poll();
        }
        known.add(latest);
        samples.put(id, known);
        if (samples.size() > MAX_PEERS) {
            samples.remove(samples.keySet().iterator().next());
        }
    }

    /** Returns the other node's time minus this node's, in milliseconds; empty while it is unknown. */
    synchronized OptionalLong offset(String id) {
        var known = samples.get(id);
        return known == null
                ? OptionalLong.empty()
                : known.stream()
                        .min(Comparator.comparingLong(Sample::width))
                        .map(best -> OptionalLong.of(best.min() + best.width() / 2))
                        .orElseThrow();
    }
}
