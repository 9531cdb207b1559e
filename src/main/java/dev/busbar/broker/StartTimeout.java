package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Bounds how long a start waits for the first connection, and explains why there is none. */
public final class StartTimeout {

    private StartTimeout() {}

    /**
     * Waits for the first connection, and gives the start up after a time-out.
     *
     * @param timeout how long to wait
     * @param start completes with the first connection
     * @param lastFailure returns why the last attempt failed; {@code null} if none has
     * @param giveUp releases what the start holds
     * @return fails with a {@link BrokerException} that says why there is no connection
     */
    public static Future<Void> within(
            Duration timeout, Future<?> start, Supplier<Throwable> lastFailure, Supplier<Future<Void>> giveUp) {
        return start.<Void>mapEmpty()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    var reason = reason(failure, timeout, lastFailure);
                    return giveUp.get().transform(ignored -> Future.failedFuture(reason));
                });
    }

    private static BrokerException reason(Throwable failure, Duration timeout, Supplier<Throwable> lastFailure) {
        if (failure instanceof TimeoutException) {
            var last = lastFailure.get();
            return new BrokerException(
                    Kind.UNREACHABLE,
                    (last == null ? "no broker has answered" : last.getMessage()) + " (tried for " + timeout.toSeconds()
                            + " s, broker.startTimeout)");
        }
        return new BrokerException(
                failure instanceof BrokerException known ? known.kind() : Kind.UNREACHABLE, failure.getMessage());
    }
}
