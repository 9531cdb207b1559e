package dev.busbar.delivery;

import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets messages go to an exchange or queue that others declare, and which may not exist: a broker closes the channel
 * over such a message, and with it all that the routes of the instance have in flight. So messages go one at a time
 * until one has arrived, and after a refusal none goes for {@value #PAUSE_SECONDS} seconds. Confined to the event loop.
 */
final class MoveGate {

    private static final int PAUSE_SECONDS = 5;
    private static final long PAUSE_NANOS = PAUSE_SECONDS * 1_000_000_000L;

    private final LongSupplier clock;
    private Future<Void> last = Future.succeededFuture();
    private boolean open;
    /** {@code null} if the last message was not refused. */
    private Throwable refusal;

    private long refusedNanos;

    MoveGate() {
        this(System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    MoveGate(LongSupplier clock) {
        this.clock = clock;
    }

    /** Makes the move as soon as it may be made, or fails with the reason of the last refusal. */
    Future<Void> pass(Supplier<Future<Void>> move) {
        if (open) {
            return made(move);
        }
        last = last.transform(ignored -> open || !refusedJustNow() ? made(move) : Future.failedFuture(refusal));
        return last;
    }

    private boolean refusedJustNow() {
        return refusal != null && clock.getAsLong() - refusedNanos < PAUSE_NANOS;
    }

    private Future<Void> made(Supplier<Future<Void>> move) {
        return move.get()
                .onSuccess(ignored -> {
                    open = true;
                    refusal = null;
                })
                .onFailure(cause -> {
                    open = false;
                    refusal = cause;
                    refusedNanos = clock.getAsLong();
                });
    }
}
