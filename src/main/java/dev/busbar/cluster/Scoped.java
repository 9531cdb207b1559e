package dev.busbar.cluster;

import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import dev.busbar.config.RouteConfig;
import dev.busbar.config.Scope;
import java.util.List;

/**
 * What its scope makes of an inbound route on one node.
 *
 * @param route with the name its queue has on this node
 * @param everyInstance whether each instance of the verticle consumes, or just one: two consumers of a queue of the
 *     node's own, or of a stream, would each get every message, and order needs one
 * @param localOnly whether messages go to the handlers of this node only, because every other node gets them itself
 * @param singleActive whether the broker gives the messages to one of all consumers, while the others stand by
 */
public record Scoped(InboundRoute route, boolean everyInstance, boolean localOnly, boolean singleActive) {

    public static Scoped of(InboundRoute route, Node node) {
        return new Scoped(
                on(route, node),
                route.scope() == Scope.COMPETING
                        && route.queue().isDurable()
                        && route.queue().type() != QueueType.STREAM,
                node.isClustered() && route.scope() == Scope.PER_NODE,
                node.isClustered() && route.scope() == Scope.SINGLETON);
    }

    /** The routes with the names their queues have on this node. */
    public static List<RouteConfig> named(List<RouteConfig> routes, Node node) {
        return routes.stream()
                .map(route -> route instanceof InboundRoute inbound ? on(inbound, node) : route)
                .toList();
    }

    private static InboundRoute on(InboundRoute route, Node node) {
        if (!route.queue().isNamedByNode()) {
            return route;
        }
        if (node.name() == null) {
            throw new ClusterException(
                    "route '" + route.name() + "': queue '" + route.queue().name()
                            + "' is named after the node, and this host has no name of its own. Set cluster.node to one"
                            + " that no other node has and that stays the same",
                    null);
        }
        return route.toBuilder().queue(route.queue().on(node.name())).build();
    }
}
