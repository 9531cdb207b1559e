package dev.busbar.delivery;

import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.ConfirmedSender;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Buffers messages on their way to the broker, within a bound of messages and one of bytes, publishes them in order
 * within the confirm window, and tells its {@link Outlet} what became of each. Messages that a lost connection leaves
 * unconfirmed are sent again. A message that takes longer than the timeout is taken back if it has not been sent; if it
 * has been, its sender is told, and the message stays until the broker has answered. Confined to one event loop.
 */
public final class PublishBuffer<T extends PublishBuffer.Pending> {

    private static final long MIN_SWEEP_MILLIS = 10;
    private static final long MAX_SWEEP_MILLIS = 1_000;

    /** A message in the buffer. */
    public interface Pending {

        /** Whether the sender still waits for the outcome. */
        boolean awaited();

        /** When the sender is to be told that it takes too long, on {@link System#nanoTime()}. */
        long deadlineNanos();

        default boolean due(long nowNanos) {
            return nowNanos - deadlineNanos() >= 0;
        }
    }

    /** Takes the messages to the broker, and their outcomes to whoever waits for them. */
    public interface Outlet<T> extends ConfirmedSender.Wire<T> {

        /** Why nothing is sent at present; {@code null} while it is. */
        String obstacle();

        void confirmed(T message);

        /** The message has failed for good: nobody took it. */
        void failed(T message, SendFailure failure, String reason);

        /** @param sent whether the message is at the broker, perhaps; if not, it is out of the buffer */
        void timedOut(T message, boolean sent, String reason);

        /** Called after each look at the deadlines, for those that are kept elsewhere. */
        default void expire(long nowNanos) {}

        /** Called before the first of the messages that are given up at the end. */
        void notFlushed(int messages, int sent);

        /** The message is given up at the end, unconfirmed. */
        void givenUp(T message);
    }

    private final Outlet<T> outlet;
    private final Duration timeout;
    private final ConfirmQueue<T> queue;
    private final ConfirmedSender<T> sender;
    private final Vertx vertx;
    private Promise<Void> empty;
    private long sweepTimer = -1;

    /**
     * @param queue holds the messages, and nobody else's
     * @param timeout after which {@link Pending#deadlineNanos()} comes
     */
    public PublishBuffer(Vertx vertx, ConfirmQueue<T> queue, Duration timeout, Outlet<T> outlet) {
        this.vertx = vertx;
        this.queue = queue;
        this.timeout = timeout;
        this.outlet = outlet;
        this.sender = new ConfirmedSender<>(queue, outlet, this::done);
    }

    /** Begins to look at the deadlines: ten times in each timeout, and at least once a second. */
    public void watchDeadlines() {
        var interval = Math.max(MIN_SWEEP_MILLIS, Math.min(MAX_SWEEP_MILLIS, timeout.toMillis() / 10));
        sweepTimer = vertx.setPeriodic(interval, id -> expire());
    }

    /** Sends what can be sent: to be called after messages were added, and whenever the outlet turns ready. */
    public void pump() {
        sender.pump();
    }

    private void done(T message, PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Confirmed) {
            outlet.confirmed(message);
        } else if (outcome instanceof PublishOutcome.Unroutable unroutable) {
            outlet.failed(message, SendFailure.UNROUTABLE, unroutable.reason());
        } else if (outcome instanceof PublishOutcome.Refused refused) {
            outlet.failed(
                    message, refused.unwritable() ? SendFailure.UNREADABLE : SendFailure.REFUSED, refused.reason());
        }
        tellEmpty();
    }

    private void expire() {
        var now = System.nanoTime();
        for (var entry = queue.oldest(); entry != null; ) {
            var following = entry.following();
            var message = entry.message();
            // A message over which a connection was lost may be the reason for it, and holds up all others.
            if (message.awaited() || (entry.connectionsLost() > 0 && !entry.wasSent())) {
                if (!message.due(now)) {
                    break;
                }
                var sent = entry.wasSent();
                if (!sent) {
                    queue.remove(entry);
                }
                outlet.timedOut(message, sent, late(sent));
            }
            entry = following;
        }
        outlet.expire(now);
        tellEmpty();
    }

    private String late(boolean sent) {
        var why = outlet.obstacle();
        return "not confirmed within " + timeout.toMillis() + " ms"
                + (why == null ? "" : " because " + why)
                + (sent ? "; it was sent and may have arrived" : "; it was not sent");
    }

    private void tellEmpty() {
        if (empty != null && queue.isEmpty()) {
            empty.tryComplete();
        }
    }

    /**
     * Waits until the deadline for the outcomes of all messages, and then gives up those that are left. Nothing is to
     * be added any more.
     */
    public Future<Void> flush(Duration deadline) {
        empty = Promise.promise();
        tellEmpty();
        return Timeouts.within(vertx, deadline, empty.future()).onComplete(ignored -> {
            vertx.cancelTimer(sweepTimer);
            if (!queue.isEmpty()) {
                outlet.notFlushed(queue.size(), queue.inFlight());
            }
            queue.drain(outlet::givenUp);
        });
    }
}
