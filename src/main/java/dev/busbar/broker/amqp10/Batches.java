package dev.busbar.broker.amqp10;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Sends many requests at once, but no more than a broker answers within the time-out of each. */
final class Batches {

    private static final int BATCH_SIZE = 256;

    private Batches() {}

    /**
     * Sends a request for each item.
     *
     * @return completes when all requests have completed; fails with the first batch in which a request has failed
     */
    static <T> Future<Void> all(List<T> items, Function<T, Future<Void>> request) {
        if (items.isEmpty()) {
            return Future.succeededFuture();
        }
        var batch = items.subList(0, Math.min(BATCH_SIZE, items.size()));
        var rest = items.subList(batch.size(), items.size());
        return Future.all(batch.stream().map(request).toList()).compose(ignored -> all(rest, request));
    }
}
