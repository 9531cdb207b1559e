package dev.busbar.hub;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.PublishBuffer;
import dev.busbar.delivery.SendFailure;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * A message on its way to the broker, and the promise of its outcome.
 *
 * @param bytes the size it counts with
 * @param deadlineNanos when its producer is told that it takes too long
 * @param listeners the subscriptions that have to be live before it is sent; {@code null} if it need not wait
 */
record PendingPublish(
        BridgeMessage message,
        long bytes,
        long deadlineNanos,
        HubClient.AwaitedSubscriptions listeners,
        Promise<Void> outcome)
        implements PublishBuffer.Pending {

    @Override
    public boolean awaited() {
        return !outcome.future().isComplete();
    }

    /** Fails the promise. Returns whether its outcome was still open. */
    boolean failed(SendFailure failure, String reason) {
        return outcome.tryFail(failure(failure, reason));
    }

    static ReplyException failure(SendFailure failure, String reason) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, failure.code(), reason);
    }
}
