package dev.busbar.broker.rabbitmq;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Replaces the thread pools of the Java client: deliveries run on the event loop, at once or at the end of a
 * {@link ReadBurst}, and all other tasks on the thread that submits them. There is nothing to shut down.
 */
final class LoopExecutor extends AbstractExecutorService {

    private final Consumer<Runnable> runner;

    private LoopExecutor(Consumer<Runnable> runner) {
        this.runner = runner;
    }

    /** Returns an executor for the deliveries of the socket with this burst. */
    static LoopExecutor of(AtomicReference<ReadBurst> burst) {
        return new LoopExecutor(task -> burst.get().execute(task));
    }

    /**
     * Returns an executor for shutting connections down. The client submits short tasks and waits for them. It also
     * executes a task that waits until all consumers have ended and then shuts their pool down: there is no pool, so
     * that task is left out.
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
        runner.accept(task);
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
