package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How long a start waits for the first connection, and what it says when that is over. */
public final class StartTimeout {

    private StartTimeout() {}

    /**
     * Waits that long, and gives the start up otherwise.
     *
     * @param start the first connection
     * @param lastFailure why the last attempt failed; {@code null} if none has
     * @param giveUp releases what the start holds
     * @return fails with a {@link BrokerException} that says why there is no connection
     */
    public static Future<Void> within(
            Duration patience, Future<?> start, Supplier<Throwable> lastFailure, Supplier<Future<Void>> giveUp) {
        return start.<Void>mapEmpty()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    var reason = reason(failure, patience, lastFailure);
                    return giveUp.get().transform(ignored -> Future.failedFuture(reason));
                });
    }

    private static BrokerException reason(Throwable failure, Duration patience, Supplier<Throwable> lastFailure) {
        if (failure instanceof TimeoutException) {
            var last = lastFailure.get();
            return new BrokerException(
                    Kind.UNREACHABLE,
                    (last == null ? "no broker has answered" : last.getMessage()) + " (tried for "
                            + patience.toSeconds() + " s, broker.startTimeout)");
        }
        return new BrokerException(
                failure instanceof BrokerException known ? known.kind() : Kind.UNREACHABLE, failure.getMessage());
    }
}
