package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** One embedded broker and how many use it: started for the first, stopped after the last, and so on again. */
final class SharedBroker {

    private final Vertx vertx;
    private final EmbeddedConfig config;

    private int users;
    private Future<EmbeddedBroker> running;
    private Future<Void> stopped = Future.succeededFuture();

    SharedBroker(Vertx vertx, EmbeddedConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    synchronized Future<EmbeddedBroker> acquire() {
        if (users++ == 0) {
            // A broker that is still stopping holds the port and the store; how it ended is its releaser's concern.
            running = stopped.transform(ended -> EmbeddedBroker.start(vertx, config));
        }
        return Caller.of(vertx).completedBy(running).onFailure(e -> leave());
    }

    synchronized Future<Void> release() {
        if (leave()) {
            stopped = running.compose(EmbeddedBroker::stop);
            return Caller.of(vertx).completedBy(stopped);
        }
        return Future.succeededFuture();
    }

    private synchronized boolean leave() {
        return --users == 0;
    }
}
