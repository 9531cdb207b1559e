package dev.busbar.broker.rabbitmq;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Stands in for the thread pools of the Java client: deliveries run on the event loop, at once or at the end of a
 * {@link ReadBurst}, and all else on the thread that brings it. Nothing to shut down.
 */
final class LoopExecutor extends AbstractExecutorService {

    private final Consumer<Runnable> executing;

    private LoopExecutor(Consumer<Runnable> executing) {
        this.executing = executing;
    }

    /** For deliveries that the socket with this burst brings. */
    static LoopExecutor of(AtomicReference<ReadBurst> burst) {
        return new LoopExecutor(task -> burst.get().execute(task));
    }

    /**
     * For shutting connections down. The client submits short tasks and waits for them; and it executes one that waits
     * until all consumers have ended, to shut their pool down then: there is no pool, so that one is left out.
     */
    static LoopExecutor forShutdown() {
        return new LoopExecutor(task -> {
            if (task instanceof FutureTask) {
                task.run();
            }
        });
    }

    @Override
    public void execute(Runnable task) {
        executing.accept(task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
