package dev.busbar.cluster;

import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import dev.busbar.config.RouteChains;
import dev.busbar.config.RouteConfig;
import dev.busbar.config.Scope;
import java.util.List;

/**
 * Tells what the scope of an inbound route means on one node.
 *
 * @param route the route, with the name that its queue has on this node
 * @param everyInstance whether every instance of the verticle consumes. Only one does if several consumers would each
 *     get every message, as with a transient queue or a stream, or would break the order
 * @param localOnly whether messages go only to handlers of this node, because every other node gets a copy
 * @param singleActive whether the broker delivers to one consumer of all nodes, while the others stand by
 */
public record Scoped(InboundRoute route, boolean everyInstance, boolean localOnly, boolean singleActive) {

    /** Applies the scope of a route to a node. */
    public static Scoped of(InboundRoute route, Node node) {
        return new Scoped(
                on(route, node),
                route.scope() == Scope.COMPETING
                        && (route.queue().outlivesConnection() || route.queue().isShared())
                        && route.queue().type() != QueueType.STREAM,
                node.isClustered() && route.scope() == Scope.PER_NODE,
                node.isClustered() && route.scope() == Scope.SINGLETON);
    }

    /**
     * Returns the routes with the names that their queues have on this node, and those of one queue with all that the
     * route says which consumes it.
     *
     * @throws ClusterException if a queue is named after the node and the node has no name
     */
    public static List<RouteConfig> named(List<RouteConfig> routes, Node node) {
        return RouteChains.joined(routes).stream()
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
