package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Causes;
import dev.busbar.log.CleanLogger;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;

/**
 * Hears of what no thread has caught. It is logged; where it has ended a thread of the embedded broker, as a full disk
 * does, that serves nobody any more, and the service is to end: Broker-J's own launcher ends its process then too.
 */
final class UncaughtFailures implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = CleanLogger.of(UncaughtFailures.class);

    private static final String BROKER_J = "org.apache.qpid.";

    private final CompletableFuture<Integer> brokerFailed = new CompletableFuture<>();

    private UncaughtFailures() {}

    /** For the rest of the process's life. */
    static UncaughtFailures listen() {
        var failures = new UncaughtFailures();
        Thread.setDefaultUncaughtExceptionHandler(failures);
        return failures;
    }

    /** Fails with a {@link BrokerException} if the embedded broker does. */
    CompletableFuture<Integer> brokerFailed() {
        return brokerFailed;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        LOG.error("thread '{}' has ended unexpectedly", thread.getName(), failure);
        if (failure.getClass().getName().startsWith(BROKER_J)) {
            brokerFailed.completeExceptionally(new BrokerException(
                    BrokerException.Kind.UNREACHABLE,
                    "the embedded broker has failed (" + Causes.rootMessage(failure)
                            + "); the log says more. If the disk of"
                            + " broker.embedded.store is full, make room there, and start again"));
        }
    }
}
