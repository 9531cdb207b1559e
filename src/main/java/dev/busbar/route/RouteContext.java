package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTraits;
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
 * @param consuming the connection for consuming; the broker may hold up publishing on the other without stopping it
 * @param publishing the connection for publishing; {@code null} when nothing is ever published
 * @param maxMessageBytes the longest body that passes, either way
 * @param node the node they are on
 * @param membership the nodes that run Busbar
 * @param traits what the broker does that others do not
 * @param publisher for inbound routes; {@code null} when nothing is ever published
 */
record RouteContext(
        Vertx vertx,
        Context context,
        int instance,
        BrokerConnection consuming,
        BrokerConnection publishing,
        BrokerTraits traits,
        ConfirmedPublisher publisher,
        PayloadCodec codec,
        long maxMessageBytes,
        MessageIds ids,
        Node node,
        Membership membership) {

    /** Who is active where only one node is. */
    Singletons singletons() {
        return membership.singletons();
    }

    /** @throws TooLargeException if a body is too long to pass */
    void requireSize(long bytes) {
        if (bytes > maxMessageBytes) {
            throw new TooLargeException(bytes, maxMessageBytes);
        }
    }
}
