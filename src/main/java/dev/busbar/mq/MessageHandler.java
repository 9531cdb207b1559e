package dev.busbar.mq;

import io.vertx.core.Future;

/** Handles the messages of a consumer. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles a message. Called on the consumer's context; must not block an event loop.
     *
     * @return completes when the message has been handled, and the next one may come; {@code null} if it has been
     */
    Future<?> handle(Event event) throws Exception;
}
