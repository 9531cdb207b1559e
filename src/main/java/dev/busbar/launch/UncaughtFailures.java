package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Causes;
import dev.busbar.log.CleanLogger;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;

/**
 * Logs exceptions that no thread has caught, and tells when one of them has ended a thread of the embedded broker, as a
 * full disk does. The broker serves nobody after that, so the service has to end; Broker-J's own launcher does the
 * same.
 */
final class UncaughtFailures implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = CleanLogger.of(UncaughtFailures.class);

    private static final String BROKER_J = "org.apache.qpid.";

    private final CompletableFuture<Integer> brokerFailed = new CompletableFuture<>();

    private UncaughtFailures() {}

    /** Becomes the handler of all uncaught exceptions until the process ends. */
    static UncaughtFailures listen() {
        var failures = new UncaughtFailures();
        Thread.setDefaultUncaughtExceptionHandler(failures);
        return failures;
    }

    /** Returns a future that fails with a {@link BrokerException} if the embedded broker fails, and never succeeds. */
    CompletableFuture<Integer> brokerFailed() {
        return brokerFailed;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        LOG.error("thread '{}' has ended because of an uncaught exception", thread.getName(), failure);
        if (failure.getClass().getName().startsWith(BROKER_J)) {
            brokerFailed.completeExceptionally(new BrokerException(
                    BrokerException.Kind.UNREACHABLE,
                    "the embedded broker has failed (" + Causes.rootMessage(failure)
                            + "); the log says more. If the disk of"
                            + " broker.embedded.store is full, make room there, and start again"));
        }
    }
}
