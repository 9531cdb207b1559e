package dev.busbar.mq;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;

/** A consumer that has been started, and can be stopped. */
public interface QueueRef {

    TopicFilter filter();

    /** Returns the persistent name; {@code null} if the consumer has none. */
    String persistentName();

    /** Returns how often the handler has failed. */
    long failed();

    /** Returns how many messages were dropped because the handler did not keep up, or skipped for an earlier filter. */
    long dropped();

    /**
     * Stops consuming. After a call on the consumer's context the handler is not called any more; after a call
     * elsewhere, not once the future has completed. The queue of a persistent consumer stays. Idempotent.
     */
    Future<Void> stopConsuming();
}
