package dev.busbar.route;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Does the same work on many things, {@value #MAX_CONCURRENT} at a time: one by one a thousand routes would wait for a
 * thousand answers in a row, and all at once they would take every worker of the application. Confined to the event
 * loop.
 */
final class BoundedConcurrency {

    private static final int MAX_CONCURRENT = 8;

    private BoundedConcurrency() {}

    /**
     * Begins the work on each thing.
     *
     * @return completes when all work is done; after a failure nothing more is begun, and the future fails when the
     *     work that had been begun has ended
     */
    static <T> Future<Void> each(Iterable<? extends T> things, Function<T, Future<Void>> work) {
        var rest = things.iterator();
        var runners = new ArrayList<Future<Void>>();
        for (var runner = 0; runner < MAX_CONCURRENT && rest.hasNext(); runner++) {
            runners.add(next(rest, work));
        }
        return Future.join(runners).mapEmpty();
    }

    private static <T> Future<Void> next(Iterator<? extends T> rest, Function<T, Future<Void>> work) {
        return rest.hasNext()
                ? work.apply(rest.next())
                        // Uses up what the runners share, so that none of them begins anything more.
                        .onFailure(ignored -> rest.forEachRemaining(left -> {}))
                        .compose(ignored -> next(rest, work))
                : Future.succeededFuture();
    }
}
