package dev.busbar.mq;

import io.vertx.core.Future;

/** What a consumer does with a message. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Called on the consumer's context; it must not block an event loop.
     *
     * @return completes when it has done with the message, {@code null} if it has; the next call waits for that
     */
    Future<?> handle(Event event) throws Exception;
}
