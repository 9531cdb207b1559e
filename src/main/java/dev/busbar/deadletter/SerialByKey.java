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

    private static final class Sequence {
        private Future<?> last = Future.succeededFuture();
        private int length;
    }

    private final Map<String, Sequence> byQueue = new HashMap<>();

    /**
     * Runs the work when all that was given for this queue before has ended.
     *
     * @return fails with a {@link BrokerException} when too many wait
     */
    <T> Future<T> run(String queue, Supplier<Future<T>> work) {
        var sequence = byQueue.computeIfAbsent(queue, ignored -> new Sequence());
        if (sequence.length == MAX_WAITING) {
            return Future.failedFuture(new BrokerException(
                    Kind.LIMIT, MAX_WAITING + " others wait for queue '" + queue + "' already; try again in a while"));
        }
        sequence.length++;
        var done = sequence.last.transform(ignored -> work.get()).onComplete(ignored -> {
            sequence.length--;
            if (sequence.length == 0) {
                byQueue.remove(queue);
            }
        });
        sequence.last = done;
        return done;
    }
}
