package dev.busbar.mq;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs work on the context to which a consumer's state is confined. */
record Confined(Context context) {

    /** Runs the work; at once if that is the current context. */
    void run(Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            post(work);
        }
    }

    /** Runs the work in a turn of its own. */
    void post(Runnable work) {
        context.runOnContext(ignored -> work.run());
    }
}
