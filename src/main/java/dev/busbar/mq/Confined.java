package dev.busbar.mq;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The context that a consumer's state is confined to. */
record Confined(Context context) {

    /** At once if called there. */
    void run(Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            post(work);
        }
    }

    /** In a turn of its own. */
    void post(Runnable work) {
        context.runOnContext(ignored -> work.run());
    }
}
