package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;

/** A listener's registration. */
public interface Listening {

    TopicFilter filter();

    /**
     * Ends it. Called on the listener's own context, no callback follows; called elsewhere, none follows once the
     * future has completed. The binding goes a while after the last listener of its filter. Idempotent.
     */
    Future<Void> stop();
}
