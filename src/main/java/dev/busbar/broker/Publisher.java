package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/**
 * Publishes messages with confirms. Keeps no message: what it cannot send now, or loses, it gives back to the caller.
 */
public interface Publisher {

    /** Returns whether a message published now would be sent: connected, and not held up by the broker. */
    boolean ready();

    /** Adds an observer, to be called whenever {@link #ready()} turns true. */
    void onReady(Runnable observer);

    /**
     * Returns what keeps this publisher from publishing, for a person; {@code null} while nothing does. A socket that
     * is full for a moment is no obstacle, though the publisher is not {@link #ready()} then.
     */
    String obstacle();

    /**
     * Publishes one message. Called on the connection's event loop only.
     *
     * @param mandatory whether a message that no queue takes is to be reported as {@link PublishOutcome.Unroutable}
     * @param outcome called once, on the connection's event loop, never before this method has returned
     */
    void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome);

    /**
     * Declares the publisher's topologies anew, on a new channel, because somebody has removed one of them.
     *
     * @param why the reason, for messages
     */
    void declareAgain(String why);

    /** Closes the publisher, and gives back unconfirmed messages as {@link PublishOutcome.Lost}. Idempotent. */
    Future<Void> close();
}
