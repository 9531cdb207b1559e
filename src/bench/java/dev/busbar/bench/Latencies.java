package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The time each message takes from its publisher to its consumer, at an even pace, after as many at full speed as the
 * JIT needs.
 */
final class Latencies {

    private static final long INTERVAL_NANOS = 1_000_000_000 / 2_000;

    /** Publishes the message of a number. */
    interface Publishing {
        void of(int number) throws Exception;
    }

    private static final int WARM_UP = 400_000;

    private final long[] sent;
    private final long[] nanos;
    private final CountDownLatch end;
    private final Semaphore window = new Semaphore(Setup.WINDOW);

    Latencies(int messages) {
        sent = new long[messages];
        nanos = new long[messages];
        end = new CountDownLatch(messages);
    }

    void publish(Publishing publishing) throws Exception {
        for (var n = 0; n < WARM_UP; n++) {
            window.acquire();
            publishing.of(-1);
        }
        window.acquire(Setup.WINDOW);
        var start = System.nanoTime();
        for (var n = 0; n < sent.length; n++) {
            pause(start + n * INTERVAL_NANOS);
            sent[n] = System.nanoTime();
            publishing.of(n);
        }
    }

    private static void pause(long untilNanos) {
        for (var left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** @param number negative while warming up */
    void arrived(int number) {
        if (number < 0) {
            window.release();
        } else {
            nanos[number] = System.nanoTime() - sent[number];
            end.countDown();
        }
    }

    JsonObject result() throws InterruptedException {
        end.await();
        Arrays.sort(nanos);
        return new JsonObject()
                .put("p50", nanos[nanos.length / 2] / 1e6)
                .put("p99", nanos[nanos.length * 99 / 100] / 1e6)
                .put("max", nanos[nanos.length - 1] / 1e6);
    }
}
