package dev.busbar.deadletter;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Work on a queue, one at a time: what one has in hand, another would not find. Confined to one event loop. */
final class SerialByKey {

    private static final int MOST = 16;

    private static final class Line {
        private Future<?> last = Future.succeededFuture();
        private int length;
    }

    private final Map<String, Line> lines = new HashMap<>();

    /** @return of the work; fails with a {@link BrokerException} when too many wait */
    <T> Future<T> take(String queue, Supplier<Future<T>> work) {
        var line = lines.computeIfAbsent(queue, ignored -> new Line());
        if (line.length == MOST) {
            return Future.failedFuture(new BrokerException(
                    Kind.LIMIT, MOST + " others wait for queue '" + queue + "' already; try again in a while"));
        }
        line.length++;
        var done = line.last.transform(ignored -> work.get()).onComplete(ignored -> {
            line.length--;
            if (line.length == 0) {
                lines.remove(queue);
            }
        });
        line.last = done;
        return done;
    }
}
