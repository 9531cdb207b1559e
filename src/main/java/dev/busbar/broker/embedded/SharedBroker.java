package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Shares one embedded broker: starts it for the first user, stops it after the last, and may start it anew.
 * Thread-safe.
 */
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

    /** Returns the broker, once it listens. The caller has to {@link #release} it, unless the future fails. */
    synchronized Future<EmbeddedBroker> acquire() {
        if (users++ == 0) {
            // A broker that is still stopping holds the port and the store. Its last user learns whether the stop
            // failed.
            running = stopped.transform(ended -> EmbeddedBroker.start(vertx, config));
        }
        return Caller.of(vertx).completedBy(running).onFailure(e -> removeUser());
    }

    /** Completes at once, or for the last user when the broker has stopped. */
    synchronized Future<Void> release() {
        if (removeUser()) {
            stopped = running.compose(EmbeddedBroker::stop);
            return Caller.of(vertx).completedBy(stopped);
        }
        return Future.succeededFuture();
    }

    /** Returns whether that was the last user. */
    private synchronized boolean removeUser() {
        return --users == 0;
    }
}
