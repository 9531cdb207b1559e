package dev.busbar.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the main thread wait for futures that complete on event loops. Not for use on an event loop. */
final class Await {

    private Await() {}

    /** Returns the result of the future, or throws its failure; a checked one is wrapped. */
    static <T> T result(Future<T> future) {
        return result(future.toCompletionStage().toCompletableFuture());
    }

    /** As {@link #result(Future)}. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new CompletionFailure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Returns whether the future has succeeded or failed before the deadline. */
    static boolean within(Duration deadline, Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Closes Vert.x and returns whether that was done before the deadline. */
    static boolean closed(Vertx vertx, Duration deadline) {
        return within(deadline, vertx.close());
    }

    private static final class CompletionFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        CompletionFailure(Throwable cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
