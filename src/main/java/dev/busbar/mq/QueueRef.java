package dev.busbar.mq;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;

/** A consumer that has been started. */
public interface QueueRef {

    TopicFilter filter();

    /** {@code null} if it is not persistent. */
    String persistentName();

    /** How often its handler has failed. */
    long failed();

    /** How many messages have been dropped because the handler did not keep up, or passed over. */
    long dropped();

    /**
     * Stops consuming. Called on the consumer's context, no callback follows; called elsewhere, none begins once the
     * future has completed. The queue of a persistent consumer stays. Idempotent.
     */
    Future<Void> stopConsuming();
}
