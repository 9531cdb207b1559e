package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** Publishes with confirmation. Keeps nothing: what it cannot send now, or loses, it gives back to the caller. */
public interface Publisher {

    /** Whether a message published now would be sent: connected, and not held up by the broker. */
    boolean ready();

    /** Called whenever {@link #ready()} turns true. */
    void onReady(Runnable observer);

    /**
     * What keeps it from publishing, in words for a person; {@code null} while nothing does. A socket that is full for
     * a moment is no obstacle, though it is not {@link #ready()}.
     */
    String obstacle();

    /**
     * Publishes one message; on the connection's event loop only.
     *
     * @param mandatory whether a message that no queue takes is to be reported as {@link PublishOutcome.Unroutable}
     * @param outcome called once, on the connection's event loop, never before this method has returned
     */
    void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome);

    /** Declares what it publishes to anew, on a channel of its own making: somebody has removed it. */
    void declareAgain(String why);

    /** Gives up what is unconfirmed, as {@link PublishOutcome.Lost}. Idempotent. */
    Future<Void> close();
}
