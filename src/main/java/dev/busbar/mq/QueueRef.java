package dev.busbar.mq;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;

/** Stands for a consumer that has been started, and stops it. */
public interface QueueRef {

    /**
     * Returns what is consumed.
     *
     * @return the filter with which the consumer was started
     */
    TopicFilter filter();

    /**
     * Returns the name of a persistent consumer.
     *
     * @return {@code null} if it is not persistent
     */
    String persistentName();

    /**
     * Returns how often the handler has failed.
     *
     * @return the number since it was started
     */
    long failed();

    /**
     * Returns how many messages have been dropped because the handler did not keep up, or passed over.
     *
     * @return the number since it was started
     */
    long dropped();

    /**
     * Stops consuming. Called on the consumer's context, no callback follows; called elsewhere, none begins once the
     * future has completed. The queue of a persistent consumer stays. Idempotent.
     *
     * @return completes when the consumer has stopped
     */
    Future<Void> stopConsuming();
}
