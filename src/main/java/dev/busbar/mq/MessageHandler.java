package dev.busbar.mq;

import io.vertx.core.Future;

/** Handles the messages of a consumer. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles a message, on the consumer's context; it must not block an event loop.
     *
     * @param event the message
     * @return completes when it has done with the message, {@code null} if it has; the next call waits for that
     * @throws Exception counts as a failure, like that of the future
     */
    Future<?> handle(Event event) throws Exception;
}
