package dev.busbar.broker;

import io.vertx.core.Future;

/**
 * Takes messages from a queue one by one, and only when asked, so that whoever asks decides after each how many more
 * they have room for. Over when its channel is: then it takes nothing more, and what is unsettled is the broker's
 * again. On the connection's event loop.
 */
public interface Fetcher {

    /**
     * Takes the next message; to be asked again once this has been answered.
     *
     * @return {@code null} when the queue has none at the moment; fails with a {@link BrokerException} when this is
     *     over
     */
    Future<Delivery> next();

    /** Why it is over; {@code null} while it is not. */
    String ended();

    /** @return completes when the broker has been told all settlements, and has back what is unsettled. Idempotent */
    Future<Void> close();
}
