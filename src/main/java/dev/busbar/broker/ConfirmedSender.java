package dev.busbar.broker;

import dev.busbar.broker.PublishOutcome.Suspicion;
import io.vertx.core.Handler;
import java.util.function.BiConsumer;

/**
 * Sends the messages of a {@link ConfirmQueue} while the wire is ready and the window has room, removes confirmed
 * messages, and sends lost ones again. Confined to the event loop of the wire.
 *
 * <p>A broker may close the channel over one message, and everything in flight is lost with it. The messages in flight
 * then are sent again one by one, and a message over which the channel is closed while it is alone is refused: else it
 * would come back for ever and hold up all others. Over some messages a broker closes the connection. It may close the
 * connection for other reasons too, so a message is refused only after the broker has closed
 * {@value #MAX_LOST_CONNECTIONS} connections over it.
 */
public final class ConfirmedSender<T> {

    private static final int MAX_LOST_CONNECTIONS = 3;

    /** Sends single messages to the broker. */
    public interface Wire<T> {

        /** Returns whether the wire takes a message now. */
        boolean ready();

        /**
         * Sends one message.
         *
         * @param outcome called once, after this method has returned
         */
        void send(T message, Handler<PublishOutcome> outcome);
    }

    private final ConfirmQueue<T> queue;
    private final Wire<T> wire;
    private final BiConsumer<T, PublishOutcome> done;
    private boolean pumping;
    /** The number of messages still to be sent one by one, because one of them closed a channel or connection. */
    private int suspects;
    /** The messages that become {@link #suspects} once all of a loss's messages have been given back. */
    private int lostSuspects;

    /**
     * Makes a sender; {@link #pump} starts it.
     *
     * @param done called with the final outcome, which is never {@link PublishOutcome.Lost}, of every message that has
     *     not been removed from the queue before
     */
    public ConfirmedSender(ConfirmQueue<T> queue, Wire<T> wire, BiConsumer<T, PublishOutcome> done) {
        this.queue = queue;
        this.wire = wire;
        this.done = done;
    }

    /** Sends the messages that can be sent now. To be called after an offer, and whenever the wire turns ready. */
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

    /**
     * Sends one message. A message on which the wire fails is refused, or it would hold its place in the window for
     * ever.
     */
    private void send(ConfirmQueue.Entry<T> entry) {
        try {
            wire.send(entry.message(), outcome -> settled(entry, outcome));
        } catch (RuntimeException e) {
            settled(entry, new PublishOutcome.Refused("it cannot be sent: " + e.getMessage()));
        }
    }

    private void settled(ConfirmQueue.Entry<T> entry, PublishOutcome outcome) {
        try {
            if (outcome instanceof PublishOutcome.Lost lost && !isToBlame(entry, lost)) {
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

    private boolean isToBlame(ConfirmQueue.Entry<T> entry, PublishOutcome.Lost lost) {
        if (lost.suspicion() == Suspicion.CONNECTION) {
            entry.connectionLost();
        }
        return suspects > 0
                && switch (lost.suspicion()) {
                    case NONE -> false;
                    case CHANNEL -> true;
                    case CONNECTION -> entry.connectionsLost() >= MAX_LOST_CONNECTIONS;
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
