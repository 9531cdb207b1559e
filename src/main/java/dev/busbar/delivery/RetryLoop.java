package dev.busbar.delivery;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Keeps deliveries whose attempt has failed until it is time for the next one, and moves deliveries away that have had
 * their last: as often as it takes, until the message is safe elsewhere.
 *
 * <pre>
 *   attempt ── failed ──→ again ── backoff over ──→ attempt
 *                          │ └──── backoff over, but the broker has taken the message back ──→ given back
 *   attempt ── last one failed ──→ move away ──→ moved away
 *                                     ↑   └── could not be ──→ again
 *                                     └───────── backoff over ──┘
 *   stop: what waits is given back at once, and what would wait from then on
 * </pre>
 *
 * <p>The owner begins the attempts, tells failures from success, and settles. Bounded by the owner's prefetch. Confined
 * to the owner's context.
 */
public final class RetryLoop<A extends RetryLoop.Attempt> {

    /** A delivery, and which attempt it is. */
    public interface Attempt {

        Delivery delivery();
    }

    /** Whoever consumes the deliveries. */
    public interface Owner<A> {

        /** Puts the message where the configuration says. Completes, on any context, when it is safe there. */
        Future<Void> moveAway(Undelivered undelivered);

        /** The message is safe elsewhere: the delivery is to be accepted. */
        void movedAway(A last, Undelivered undelivered);

        /** The message could not be moved away, and will be once more after a while. */
        void notMovedAway(String reason);

        /**
         * The broker is to have the delivery back, or has it already.
         *
         * @param next the attempt that would be next
         */
        void giveBack(A next);
    }

    private record Waiting<A>(A next, Consumer<A> attempt) {}

    private final Vertx vertx;
    private final Executor context;
    private final RetryDelay backoff;
    private final Owner<A> owner;
    /** By the timer that ends the backoff. */
    private final Map<Long, Waiting<A>> waiting = new HashMap<>();

    private boolean stopped;

    /** @param context runs work on the owner's context, at once where that is the current one */
    public RetryLoop(Vertx vertx, Executor context, RetryDelay backoff, Owner<A> owner) {
        this.vertx = vertx;
        this.context = context;
        this.backoff = backoff;
        this.owner = owner;
    }

    /**
     * Makes the attempt after a backoff. Gives the delivery back if the broker has taken it back by then, and at a
     * stop.
     *
     * @param failures how often it has failed so far
     */
    public void again(A next, int failures, Consumer<A> attempt) {
        if (stopped) {
            owner.giveBack(next);
            return;
        }
        var timer = vertx.setTimer(
                backoff.after(failures).toMillis(), id -> context.execute(() -> backoffOver(waiting.remove(id))));
        waiting.put(timer, new Waiting<>(next, attempt));
    }

    /** @param over {@code null} if it has been given back at a stop */
    private void backoffOver(Waiting<A> over) {
        if (over == null) {
            return;
        }
        if (over.next().delivery().live()) {
            over.attempt().accept(over.next());
        } else {
            owner.giveBack(over.next());
        }
    }

    /**
     * Moves the message away, until that has succeeded.
     *
     * @param last the attempt that was the last one
     */
    public void moveAway(A last, Undelivered undelivered) {
        moveAway(last, undelivered, 1);
    }

    private void moveAway(A last, Undelivered undelivered, int tries) {
        owner.moveAway(undelivered)
                .onComplete(moved -> context.execute(() -> {
                    if (moved.succeeded()) {
                        owner.movedAway(last, undelivered);
                    } else {
                        owner.notMovedAway(moved.cause().getMessage());
                        again(last, tries, same -> moveAway(same, undelivered, tries + 1));
                    }
                }));
    }

    /** Gives back what waits. An attempt that is being made may finish. */
    public void stop() {
        stopped = true;
        var all = List.copyOf(waiting.values());
        waiting.keySet().forEach(vertx::cancelTimer);
        waiting.clear();
        all.forEach(each -> owner.giveBack(each.next()));
    }
}
