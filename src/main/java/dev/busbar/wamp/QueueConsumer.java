package dev.busbar.wamp;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;

/**
 * Consumes a {@link DurableQueue} for one subscription. Its handler is called on the session's context; everything else
 * happens on the hub's event loop.
 */
final class QueueConsumer {

    /**
     * A message that has been settled at the broker and waits to be sent to the client.
     *
     * @param body the decoded body; {@code null} is the JSON value {@code null}
     */
    record SettledMessage(BridgeMessage message, Object body) {}

    private final Context context;
    private final Consumer<List<SettledMessage>> handler;
    /** Whether the consumer has asked for more messages; only for the hub's event loop. */
    boolean wantsMore;
    /** Completes when the next consumer may attach; only for the hub's event loop. */
    Promise<Void> detached;

    /** @param handler sends the messages of a batch, or gives back those that it could not send */
    QueueConsumer(Context context, Consumer<List<SettledMessage>> handler) {
        this.context = context;
        this.handler = handler;
    }

    void deliver(List<SettledMessage> batch) {
        context.runOnContext(ignored -> handler.accept(batch));
    }

    /** Runs the action after the handler has seen every batch delivered so far. */
    void afterDeliveries(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
