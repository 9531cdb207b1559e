package dev.busbar.broker.amqp10;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Many requests at once, but no more than a broker answers within the patience of each. */
final class Batches {

    private static final int SIZE = 256;

    private Batches() {}

    /** @return completes when all requests have; fails with the first batch in which one has */
    static <T> Future<Void> all(List<T> items, Function<T, Future<Void>> request) {
        if (items.isEmpty()) {
            return Future.succeededFuture();
        }
        var now = items.subList(0, Math.min(SIZE, items.size()));
        var later = items.subList(now.size(), items.size());
        return Future.all(now.stream().map(request).toList()).compose(ignored -> all(later, request));
    }
}
