package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;

/** The registration of a listener. */
public interface Listening {

    TopicFilter filter();

    /**
     * Ends the registration. After a call on the listener's own context the listener is not called any more; after a
     * call elsewhere, not once the future has completed. The binding is removed a while after the last listener of its
     * filter. Idempotent.
     */
    Future<Void> stop();
}
