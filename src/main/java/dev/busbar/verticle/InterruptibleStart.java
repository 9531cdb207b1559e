package dev.busbar.verticle;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import org.slf4j.Logger;

/**
 * Lets a verticle be undeployed while it starts. Vert.x fails the deployment at once then, and takes it for a fault of
 * the verticle if the start ends after that, as every start does whose connections are closed under it.
 */
public final class InterruptibleStart {

    private static final Logger LOG = CleanLogger.of(InterruptibleStart.class);

    private InterruptibleStart() {}

    /**
     * What {@code start} of a verticle is to return: ends as the start does, unless the verticle has been undeployed.
     */
    public static Future<?> of(Context context, Future<?> start) {
        var verticle = (ContextInternal) context;
        var told = verticle.<Object>promise();
        start.onComplete(ended -> {
            if (!verticle.closeFuture().isClosed()) {
                told.handle(ended.mapEmpty());
            } else if (ended.failed()) {
                LOG.debug("undeployed while it started: {}", ended.cause().getMessage());
            }
        });
        return told.future();
    }
}
