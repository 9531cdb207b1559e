package dev.busbar.broker.embedded;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** Whoever calls: a future shared by several callers completes for each of them on its own context. */
record Caller(ContextInternal context) {

    static Caller of(Vertx vertx) {
        return new Caller((ContextInternal) vertx.getOrCreateContext());
    }

    <T> Future<T> completedBy(Future<T> shared) {
        Promise<T> promise = context.promise();
        shared.onComplete(promise::complete, promise::fail);
        return promise.future();
    }
}
