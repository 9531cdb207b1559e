package dev.busbar.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what happens in another thread, for a limited time. */
public final class Await {

    private static final int PATIENCE_SECONDS = 60;

    private Await() {}

    /** Returns the future's result, or throws its failure. */
    public static <T> T done(Future<T> future) {
        return done(future, PATIENCE_SECONDS);
    }

    private static <T> T done(Future<T> future, int seconds) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("not done after " + seconds + " s", e);
        }
    }

    /** Returns the failure of a future. */
    public static BrokerException failure(Future<?> future) {
        return failure(future, PATIENCE_SECONDS);
    }

    /** Returns the failure of a future that takes longer than usual. */
    public static BrokerException failure(Future<?> future, int seconds) {
        var failure = org.assertj.core.api.Assertions.catchThrowable(() -> done(future, seconds));
        assertThat(failure).isInstanceOf(BrokerException.class);
        return (BrokerException) failure;
    }

    public static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(assertion);
    }
}
