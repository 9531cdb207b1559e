package dev.busbar.hub;

import dev.busbar.config.BusbarConfig;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The run-time subscriptions of one node, and what it produces; from any thread. Listeners stay through a lost
 * connection: their bindings come back with it, and they are told that they may have missed something.
 */
public final class Hub {

    private Hub() {}

    /**
     * Starts the broker if it is ours to run, connects, and has the node's queue declared.
     *
     * @return fails with a message for a person, and then nothing is left open
     */
    public static Future<Hub> open(Vertx vertx, BusbarConfig config) {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    /**
     * Listens on the calling context, or on one of its own where there is none.
     *
     * @param replay how many of the last messages of this filter to begin with, as far as they are kept
     * @return completes when the binding is live: whatever is published from then on arrives, after what is replayed,
     *     without gap or duplicate. While the broker is away it waits. A message that matches several filters of one
     *     listener reaches it once for each
     */
    public Future<Listening> listen(TopicFilter filter, int replay, Listener listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Publishes to the configured exchange; whoever listens, here too, gets it back from the broker. Messages of one
     * thread keep their order.
     *
     * @param body anything {@link dev.busbar.codec.PayloadCodec} writes; not to be changed afterwards
     * @param headers as a sender to an outbound route sets them, see {@link dev.busbar.codec.BusHeaders}; may be empty
     * @return completes when the broker has confirmed it; nobody need listen. Fails with a
     *     {@link io.vertx.core.eventbus.ReplyException} with the code of a {@link dev.busbar.route.SendFailure}
     */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        throw new UnsupportedOperationException();
    }

    /** The filters listened to or about to be removed. From any thread. */
    public List<FilterStatus> filters() {
        throw new UnsupportedOperationException();
    }

    /** From any thread. */
    public HubStatus status() {
        throw new UnsupportedOperationException();
    }

    /** Ends all listening, waits a little for what is unconfirmed, and disconnects. Idempotent. */
    public Future<Void> close() {
        throw new UnsupportedOperationException();
    }
}
