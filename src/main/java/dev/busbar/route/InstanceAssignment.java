package dev.busbar.route;

import dev.busbar.cluster.Node;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which routes one of several instances of a verticle runs. Competing consumers of a durable queue run in every
 * instance. Every other route runs in one instance, which take turns: an outbound route keeps its senders' order that
 * way and forwards a published message once, and a queue that belongs to a connection delivers each message once.
 *
 * @param index of this instance, from 0
 * @param count of instances
 * @param deployment the verticle's deployment id
 * @param node the node that the instance is on
 */
record InstanceAssignment(int index, int count, String deployment, Node node) {

    /** Returns the routes of this instance, with the names that their queues have on this node. */
    List<RouteConfig> of(List<RouteConfig> routes) {
        var mine = new ArrayList<RouteConfig>();
        for (var at = 0; at < routes.size(); at++) {
            if (at % count == index || runsEverywhere(routes.get(at))) {
                mine.add(onThisNode(routes.get(at)));
            }
        }
        return List.copyOf(mine);
    }

    private RouteConfig onThisNode(RouteConfig route) {
        return route instanceof InboundRoute inbound ? Scoped.of(inbound, node).route() : route;
    }

    private boolean runsEverywhere(RouteConfig route) {
        return route instanceof InboundRoute inbound && Scoped.of(inbound, node).everyInstance();
    }
}
