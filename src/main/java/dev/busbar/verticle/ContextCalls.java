package dev.busbar.verticle;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;

/** Runs work on the context that its state is confined to, for callers elsewhere. From any thread. */
public final class ContextCalls {

    private ContextCalls() {}

    /**
     * Runs the work in a turn of that context.
     *
     * @return completes there, as the work's future does; fails with what the work throws
     */
    public static <T> Future<T> call(Context context, Supplier<Future<T>> work) {
        var promise = Promise.<T>promise();
        context.runOnContext(ignored -> {
            Future<T> result;
            try {
                result = work.get();
            } catch (RuntimeException e) {
                result = Future.failedFuture(e);
            }
            result.onComplete(promise);
        });
        return promise.future();
    }

    /** Completes as that future does, but on the calling context, or on a new one where there is none. */
    public static <T> Future<T> here(Vertx vertx, Future<T> elsewhere) {
        var promise = ((ContextInternal) vertx.getOrCreateContext()).<T>promise();
        elsewhere.onComplete(promise);
        return promise.future();
    }
}
