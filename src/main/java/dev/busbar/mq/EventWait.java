package dev.busbar.mq;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for one event: subscribes, then checks, so that no event is missed, and unsubscribes whatever happens. */
final class EventWait {

    private final Vertx vertx;
    private final Promise<Optional<Event>> outcome = Promise.promise();

    EventWait(Vertx vertx) {
        this.vertx = vertx;
    }

    Future<?> happened(Event event) {
        outcome.tryComplete(Optional.of(event));
        return null;
    }

    /** @param consumer the consumer that calls {@link #happened} */
    Future<Optional<Event>> wait(
            Future<QueueRef> consumer, Supplier<Future<Boolean>> check, Duration timeout, String what) {
        var timer = vertx.setTimer(
                Math.max(1, timeout.toMillis()),
                id -> outcome.tryFail(
                        new TimeoutException("no event '" + what + "' within " + timeout.toMillis() + " ms")));
        consumer.onFailure(outcome::tryFail).onSuccess(live -> {
            if (!outcome.future().isComplete()) {
                check(check);
            }
        });
        return outcome.future().onComplete(ignored -> vertx.cancelTimer(timer)).eventually(() -> unsubscribe(consumer));
    }

    /** Stops the consumer. Does not wait for one that is still being bound, for instance while the broker is away. */
    private static Future<Void> unsubscribe(Future<QueueRef> consumer) {
        var stopped = consumer.compose(QueueRef::stopConsuming).otherwiseEmpty();
        return consumer.isComplete() ? stopped : Future.succeededFuture();
    }

    private void check(Supplier<Future<Boolean>> check) {
        Future<Boolean> checked;
        try {
            checked = requireNonNull(check.get(), "the check gave no future");
        } catch (RuntimeException e) {
            checked = Future.failedFuture(e);
        }
        checked.onFailure(outcome::tryFail).onSuccess(already -> {
            if (Boolean.TRUE.equals(already)) {
                outcome.tryComplete(Optional.empty());
            }
        });
    }

    void cancel() {
        outcome.tryFail(new CancellationException("the wait for an event was cancelled"));
    }
}
