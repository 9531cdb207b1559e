package dev.busbar.deadletter;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the work on each queue one after another, because messages that one holds are invisible to another. Confined to
 * one event loop.
 */
final class SerialByKey {

    private static final int MAX_WAITING = 16;

    private static final class Work {
        private Future<?> last = Future.succeededFuture();
        private int length;
    }

    private final Map<String, Work> byQueue = new HashMap<>();

    /**
     * Runs the work when all that was given for this queue before has ended.
     *
     * @return fails with a {@link BrokerException} when too many wait
     */
    <T> Future<T> run(String queue, Supplier<Future<T>> work) {
        var present = byQueue.computeIfAbsent(queue, ignored -> new Work());
        if (present.length == MAX_WAITING) {
            return Future.failedFuture(new BrokerException(
                    Kind.LIMIT, MAX_WAITING + " others wait for queue '" + queue + "' already; try again in a while"));
        }
        present.length++;
        var done = present.last.transform(ignored -> work.get()).onComplete(ignored -> {
            present.length--;
            if (present.length == 0) {
                byQueue.remove(queue);
            }
        });
        present.last = done;
        return done;
    }
}
