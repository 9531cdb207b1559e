package dev.busbar.faults;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the longest time an event loop was held up; meant for a Vert.x that has only one. */
final class LoopWatch {

    private static final long PERIOD_MILLIS = 20;

    private final AtomicLong longest = new AtomicLong();
    private long latest = System.nanoTime();

    LoopWatch(Vertx vertx) {
        vertx.setPeriodic(PERIOD_MILLIS, id -> {
            var now = System.nanoTime();
            longest.accumulateAndGet(now - latest, Math::max);
            latest = now;
        });
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }
}
