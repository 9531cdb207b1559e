package dev.busbar.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Bounds the time that is waited for a future. */
public final class Timeouts {

    private Timeouts() {}

    /** Returns when a deadline that begins now is over, on {@link System#nanoTime()}. */
    public static long end(Duration deadline) {
        return System.nanoTime() + deadline.toNanos();
    }

    /** Returns the time left until then; never negative. */
    public static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Completes with the future or at the deadline, whichever comes first, successfully either way. */
    public static Future<Void> within(Vertx vertx, Duration deadline, Future<?> awaited) {
        var promise = Promise.<Void>promise();
        var timer = vertx.setTimer(Math.max(1, deadline.toMillis()), id -> promise.tryComplete());
        awaited.onComplete(ignored -> {
            vertx.cancelTimer(timer);
            promise.tryComplete();
        });
        return promise.future();
    }
}
