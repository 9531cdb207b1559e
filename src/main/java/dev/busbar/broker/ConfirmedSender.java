package dev.busbar.broker;

import io.vertx.core.Handler;
import java.util.function.BiConsumer;

/**
 * Keeps the wire busy from a {@link ConfirmQueue}: sends while the wire is ready and the window has room, takes
 * confirmed messages out, and sends lost ones again. Confined to the event loop of the wire.
 */
public final class ConfirmedSender<T> {

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
            while (wire.ready()) {
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
            if (outcome instanceof PublishOutcome.Lost) {
                queue.giveBack(entry);
            } else if (queue.remove(entry)) {
                done.accept(entry.message(), outcome);
            }
        } finally {
            pump();
        }
    }
}
