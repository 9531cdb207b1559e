package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** The time each message takes from its publisher to its consumer, at an even pace; the first half is not counted. */
final class Latencies {

    private static final long INTERVAL_NANOS = 1_000_000_000 / 2_000;

    /** Publishes the message of a number. */
    interface Publishing {
        void of(int number) throws Exception;
    }

    private final long[] sent;
    private final long[] nanos;
    private final CountDownLatch end;

    Latencies(int messages) {
        sent = new long[messages];
        nanos = new long[messages];
        end = new CountDownLatch(messages);
    }

    void pace(Publishing publishing) throws Exception {
        var start = System.nanoTime();
        for (var n = 0; n < sent.length; n++) {
            BlockingClient.pause(start + n * INTERVAL_NANOS);
            sent[n] = System.nanoTime();
            publishing.of(n);
        }
    }

    void arrived(int number) {
        nanos[number] = System.nanoTime() - sent[number];
        end.countDown();
    }

    JsonObject result() throws InterruptedException {
        end.await();
        var warm = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(warm);
        return new JsonObject()
                .put("p50", warm[warm.length / 2] / 1e6)
                .put("p99", warm[warm.length * 99 / 100] / 1e6)
                .put("max", warm[warm.length - 1] / 1e6);
    }
}
