package dev.busbar.broker.rabbitmq;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the futures of those who wait until a channel is open again, in the order they came. Confined to the event
 * loop.
 */
final class ChannelWaiters {

    private List<Promise<Void>> waiting = new ArrayList<>();

    /** Adds a future that completes when the channel is open and fails when the channel cannot be opened. */
    Future<Void> add() {
        var promise = Promise.<Void>promise();
        waiting.add(promise);
        return promise.future();
    }

    void opened() {
        settleAll(Promise::complete);
    }

    void failed(Throwable cause) {
        settleAll(waiter -> waiter.fail(cause));
    }

    /** Completes or fails all futures. A future added meanwhile waits for the next time. */
    private void settleAll(Consumer<Promise<Void>> outcome) {
        var told = waiting;
        waiting = new ArrayList<>();
        told.forEach(outcome);
    }
}
