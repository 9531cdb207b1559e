package dev.busbar.broker.embedded;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** Holds the context of a caller, on which its copy of a shared future completes. */
record Caller(ContextInternal context) {

    /** Returns the caller with the current context, or a new one on a thread that has none. */
    static Caller of(Vertx vertx) {
        return new Caller((ContextInternal) vertx.getOrCreateContext());
    }

    /** Returns a future that completes as the shared one does, on this caller's context. */
    <T> Future<T> completedBy(Future<T> shared) {
        Promise<T> promise = context.promise();
        shared.onComplete(promise::complete, promise::fail);
        return promise.future();
    }
}
