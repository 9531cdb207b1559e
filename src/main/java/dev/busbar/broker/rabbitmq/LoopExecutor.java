package dev.busbar.broker.rabbitmq;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the thread pools of the Java client: tasks run on the thread that brings them, which is the event loop
 * for deliveries. Nothing to shut down.
 */
final class LoopExecutor extends AbstractExecutorService {

    private final Vertx vertx;

    private LoopExecutor(Vertx vertx) {
        this.vertx = vertx;
    }

    /** For deliveries. */
    static LoopExecutor sameThread() {
        return new LoopExecutor(null);
    }

    /**
     * For shutting connections down. The client submits short tasks and waits for them, and executes one that itself
     * waits for consumers to end: that one goes to a worker.
     */
    static LoopExecutor forShutdown(Vertx vertx) {
        return new LoopExecutor(vertx);
    }

    @Override
    public void execute(Runnable task) {
        if (vertx == null || task instanceof FutureTask) {
            task.run();
        } else {
            onWorker(task);
        }
    }

    private void onWorker(Runnable task) {
        try {
            vertx.executeBlocking(
                    () -> {
                        task.run();
                        return null;
                    },
                    false);
        } catch (RejectedExecutionException e) {
            // Vert.x is closed, and its event loops with it: there are no consumers left to wait for.
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
