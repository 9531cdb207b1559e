package dev.busbar.delivery;

import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets messages go to an exchange or queue that others declare, and which may not exist: a broker closes the channel
 * over such a message, and with it all that the routes of the instance have in flight. So messages go one at a time
 * until one has arrived, and after a refusal none goes for {@value #PAUSE_SECONDS} seconds. What waits is bounded by
 * the route's prefetch. Confined to the event loop.
 */
final class MoveGate {

    private static final int PAUSE_SECONDS = 5;
    private static final long PAUSE_NANOS = PAUSE_SECONDS * 1_000_000_000L;

    private final LongSupplier clock;
    private Future<PublishOutcome> last = Future.succeededFuture();
    private boolean open;
    /** {@code null} if the last message was not refused. */
    private PublishOutcome refusal;

    private long refusedNanos;

    MoveGate() {
        this(System::nanoTime);
    }

    /** @param clock in nanoseconds, as {@link System#nanoTime()} */
    MoveGate(LongSupplier clock) {
        this.clock = clock;
    }

    /** Sends as soon as a message may go; without sending, returns the last refusal if that was just now. */
    Future<PublishOutcome> pass(Supplier<Future<PublishOutcome>> send) {
        if (open) {
            return sent(send);
        }
        last = last.transform(ignored -> open || !refusedJustNow() ? sent(send) : Future.succeededFuture(refusal));
        return last;
    }

    private boolean refusedJustNow() {
        return refusal != null && clock.getAsLong() - refusedNanos < PAUSE_NANOS;
    }

    private Future<PublishOutcome> sent(Supplier<Future<PublishOutcome>> send) {
        return send.get().onSuccess(outcome -> {
            if (outcome instanceof PublishOutcome.Confirmed) {
                open = true;
                refusal = null;
            } else if (!(outcome instanceof PublishOutcome.Refused refused && refused.unwritable())) {
                // One that cannot be written says nothing of where it was to go.
                open = false;
                refusal = outcome;
                refusedNanos = clock.getAsLong();
            }
        });
    }
}
