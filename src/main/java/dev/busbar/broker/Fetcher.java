package dev.busbar.broker;

import io.vertx.core.Future;

/**
 * Takes messages from a queue one by one, and only on demand, so that the caller decides after each message how many
 * more it has room for. A fetcher ends with its channel: then it takes nothing more, and the broker has the unsettled
 * messages back. Called on the connection's event loop.
 */
public interface Fetcher {

    /**
     * Takes the next message. To be called again once the future is complete.
     *
     * @return completes with {@code null} when the queue is empty at the moment; fails with a {@link BrokerException}
     *     when the fetcher has ended
     */
    Future<Delivery> next();

    /** Returns why the fetcher has ended; {@code null} while it has not. */
    String ended();

    /**
     * Closes the fetcher. Idempotent.
     *
     * @return completes when the broker has been told all settlements, and has the unsettled messages back
     */
    Future<Void> close();
}
