package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** How long messages were on their way: a histogram in steps of a hundredth of a millisecond. */
final class Arrivals {

    private static final int STEP_NANOS = 10_000;

    private final int[] counts = new int[2_000_000];
    private long count;
    private long longest;

    void add(long nanos) {
        count++;
        longest = Math.max(longest, nanos);
        counts[(int) Math.min(nanos / STEP_NANOS, counts.length - 1)]++;
    }

    void reset() {
        Arrays.fill(counts, 0);
        count = 0;
        longest = 0;
    }

    JsonObject report() {
        return new JsonObject()
                .put("count", count)
                .put("p50", percentile(0.5))
                .put("p99", percentile(0.99))
                .put("max", longest / 1e6);
    }

    /** In milliseconds. */
    private double percentile(double part) {
        var left = (long) (count * part);
        var at = 0;
        while (at < counts.length - 1 && left >= counts[at]) {
            left -= counts[at++];
        }
        return at * (STEP_NANOS / 1e6);
    }
}
