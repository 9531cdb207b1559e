package dev.busbar.broker.rabbitmq;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Those who wait until a channel is open again, in the order they came. Confined to the event loop. */
final class ChannelWaiters {

    private List<Promise<Void>> waiting = new ArrayList<>();

    /** Completes when the channel is open; fails when it cannot be opened. */
    Future<Void> add() {
        var promise = Promise.<Void>promise();
        waiting.add(promise);
        return promise.future();
    }

    void opened() {
        tell(Promise::complete);
    }

    void failed(Throwable cause) {
        tell(waiter -> waiter.fail(cause));
    }

    /** Who comes while they are told waits for the next time. */
    private void tell(Consumer<Promise<Void>> outcome) {
        var told = waiting;
        waiting = new ArrayList<>();
        told.forEach(outcome);
    }
}
