package dev.busbar.route;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Work on many things, a few at a time: one by one a thousand routes would wait for a thousand answers in a row, and
 * all at once they would take every worker of the application. Confined to the event loop.
 */
final class BoundedConcurrency {

    private static final int WIDTH = 8;

    private BoundedConcurrency() {}

    /**
     * @return completes when all is done; after a failure nothing more is begun, and it fails when what was under way
     *     is over
     */
    static <T> Future<Void> each(Iterable<? extends T> things, Function<T, Future<Void>> work) {
        var rest = things.iterator();
        var lanes = new ArrayList<Future<Void>>();
        for (var lane = 0; lane < WIDTH && rest.hasNext(); lane++) {
            lanes.add(next(rest, work));
        }
        return Future.join(lanes).mapEmpty();
    }

    private static <T> Future<Void> next(Iterator<? extends T> rest, Function<T, Future<Void>> work) {
        return rest.hasNext()
                ? work.apply(rest.next())
                        // What the lanes share is used up, and none of them begins anything more.
                        .onFailure(ignored -> rest.forEachRemaining(left -> {}))
                        .compose(ignored -> next(rest, work))
                : Future.succeededFuture();
    }
}
