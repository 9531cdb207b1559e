package dev.busbar.broker;

import dev.busbar.broker.PublishOutcome.Suspicion;
import io.vertx.core.Handler;
import java.util.function.BiConsumer;

/**
 * Keeps the wire busy from a {@link ConfirmQueue}: sends while the wire is ready and the window has room, takes
 * confirmed messages out, and sends lost ones again. Confined to the event loop of the wire.
 *
 * <p>A broker may close the channel over one message, and everything in flight is lost with it. What was in flight then
 * is sent again one by one, and a message over which the channel is closed while it is alone is refused: else it would
 * come back for ever and hold up all others. Over some messages a broker closes the connection; it may do so for other
 * reasons too, so a message is refused over which it has done that {@value #MAX_CONNECTIONS} times.
 */
public final class ConfirmedSender<T> {

    private static final int MAX_CONNECTIONS = 3;

    /** Where messages go. */
    public interface Wire<T> {

        boolean ready();

        /** @param outcome called once, after this method has returned */
        void send(T message, Handler<PublishOutcome> outcome);
    }

    private final ConfirmQueue<T> queue;
    private final Wire<T> wire;
    private final BiConsumer<T, PublishOutcome> done;
    private boolean pumping;
    /** How many of those lost together with a culprit are still to be sent alone. */
    private int suspects;
    /** The same, of a loss that is being told. */
    private int lostSuspects;

    /**
     * @param done told the final outcome, which is never {@link PublishOutcome.Lost}, of every message that has not
     *     been taken out of the queue before
     */
    public ConfirmedSender(ConfirmQueue<T> queue, Wire<T> wire, BiConsumer<T, PublishOutcome> done) {
        this.queue = queue;
        this.wire = wire;
        this.done = done;
    }

    /** Sends what can be sent; to be called after an offer, and whenever the wire turns ready. */
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (wire.ready() && (suspects == 0 || queue.inFlight() == 0)) {
                var entry = queue.send();
                if (entry == null) {
                    return;
                }
                send(entry);
            }
        } finally {
            pumping = false;
        }
    }

    /** A message the wire chokes on must not hold its place in the window for ever. */
    private void send(ConfirmQueue.Entry<T> entry) {
        try {
            wire.send(entry.message(), outcome -> settled(entry, outcome));
        } catch (RuntimeException e) {
            settled(entry, new PublishOutcome.Refused("it cannot be sent: " + e.getMessage()));
        }
    }

    private void settled(ConfirmQueue.Entry<T> entry, PublishOutcome outcome) {
        try {
            if (outcome instanceof PublishOutcome.Lost lost && !toBlame(entry, lost)) {
                giveBack(entry, lost);
            } else {
                suspects = Math.max(0, suspects - 1);
                if (queue.remove(entry)) {
                    done.accept(entry.message(), outcome instanceof PublishOutcome.Lost lost ? refused(lost) : outcome);
                }
            }
        } finally {
            pump();
        }
    }

    private boolean toBlame(ConfirmQueue.Entry<T> entry, PublishOutcome.Lost lost) {
        if (lost.suspicion() == Suspicion.CONNECTION) {
            entry.connectionLost();
        }
        return suspects > 0
                && switch (lost.suspicion()) {
                    case NONE -> false;
                    case CHANNEL -> true;
                    case CONNECTION -> entry.connectionsLost() >= MAX_CONNECTIONS;
                };
    }

    private void giveBack(ConfirmQueue.Entry<T> entry, PublishOutcome.Lost lost) {
        lostSuspects += lost.suspect() ? 1 : 0;
        queue.giveBack(entry);
        if (queue.inFlight() == 0) {
            suspects = Math.max(suspects, lostSuspects);
            lostSuspects = 0;
        }
    }

    private static PublishOutcome refused(PublishOutcome.Lost lost) {
        return new PublishOutcome.Refused("the broker closes the "
                + (lost.suspicion() == Suspicion.CHANNEL ? "channel" : "connection") + " over it: " + lost.reason());
    }
}
