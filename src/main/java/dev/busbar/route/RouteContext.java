package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.KnownNames;
import dev.busbar.cluster.Membership;
import dev.busbar.cluster.Node;
import dev.busbar.cluster.Singletons;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.TooLargeException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * What the routes of one verticle instance share.
 *
 * @param consuming the connection for consuming; it goes on while the broker holds up the other one
 * @param publishing the connection for publishing; {@code null} when nothing is ever published
 * @param maxMessageBytes the size of the largest body that passes, either way
 * @param node the node that the routes are on
 * @param membership the nodes that run Busbar
 * @param traits what this broker can do that others cannot
 * @param names the names that the configuration has, to tell of a missing queue or exchange which was meant
 * @param publisher sends dead letters, replies and positions; {@code null} when nothing is ever published
 */
record RouteContext(
        Vertx vertx,
        Context context,
        int instance,
        BrokerConnection consuming,
        BrokerConnection publishing,
        BrokerTraits traits,
        KnownNames names,
        ConfirmedPublisher publisher,
        PayloadCodec codec,
        long maxMessageBytes,
        MessageIds ids,
        Node node,
        Membership membership) {

    /** Returns which node is active in each route that is active on one node only. */
    Singletons singletons() {
        return membership.singletons();
    }

    /**
     * Checks the size of a body.
     *
     * @throws TooLargeException if it is too large
     */
    void requireSize(long bytes) {
        if (bytes > maxMessageBytes) {
            throw new TooLargeException(bytes, maxMessageBytes);
        }
    }
}
