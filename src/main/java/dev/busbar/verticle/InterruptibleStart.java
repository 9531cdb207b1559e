package dev.busbar.verticle;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import org.slf4j.Logger;

/**
 * Lets a verticle be undeployed while it starts. Vert.x then fails the deployment at once, and reports an error if the
 * verticle's start fails later, as it does because its connections are being closed.
 */
public final class InterruptibleStart {

    private static final Logger LOG = CleanLogger.of(InterruptibleStart.class);

    private InterruptibleStart() {}

    /**
     * Wraps the future that a verticle's {@code start} method returns. The result completes as that future does, unless
     * the verticle has been undeployed; then it never completes, and a failure goes to the debug log.
     */
    public static Future<?> of(Context context, Future<?> start) {
        var verticle = (ContextInternal) context;
        var reported = verticle.<Object>promise();
        start.onComplete(ended -> {
            if (!verticle.closeFuture().isClosed()) {
                reported.handle(ended.mapEmpty());
            } else if (ended.failed()) {
                LOG.debug("undeployed while it started: {}", ended.cause().getMessage());
            }
        });
        return reported.future();
    }
}
