package dev.busbar.broker.rabbitmq;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the thread pools of the Java client: tasks run on the thread that brings them, which is the event loop
 * for deliveries. Nothing to shut down.
 */
final class LoopExecutor extends AbstractExecutorService {

    private final boolean forShutdown;

    private LoopExecutor(boolean forShutdown) {
        this.forShutdown = forShutdown;
    }

    /** For deliveries. */
    static LoopExecutor sameThread() {
        return new LoopExecutor(false);
    }

    /**
     * For shutting connections down. The client submits short tasks and waits for them; and it executes one that waits
     * until all consumers have ended, to shut their pool down then: there is no pool, so that one is left out.
     */
    static LoopExecutor forShutdown() {
        return new LoopExecutor(true);
    }

    @Override
    public void execute(Runnable task) {
        if (!forShutdown || task instanceof FutureTask) {
            task.run();
        }
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
