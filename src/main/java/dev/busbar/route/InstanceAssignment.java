package dev.busbar.route;

import dev.busbar.cluster.Node;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteChains;
import dev.busbar.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which routes one of several instances of a verticle runs. Competing consumers of a durable queue run in every
 * instance. Every other route runs in one instance, which take turns: an outbound route keeps its senders' order that
 * way and forwards a published message once, and a queue that belongs to a connection delivers each message once.
 * Routes that share a consumer are in the same instances.
 *
 * @param index of this instance, from 0
 * @param count of instances
 * @param deployment the verticle's deployment id
 * @param node the node that the instance is on
 */
record InstanceAssignment(int index, int count, String deployment, Node node) {

    /** Returns the routes of this instance, with the names that their queues have on this node. */
    List<RouteConfig> of(List<RouteConfig> routes) {
        var here = Scoped.named(routes, node);
        var before = RouteChains.before(here);
        var turns = new int[before.length];
        var mine = new ArrayList<RouteConfig>();
        for (var at = 0; at < here.size(); at++) {
            turns[at] = before[at] < 0 ? at : turns[before[at]];
            if (turns[at] % count == index || runsEverywhere(here.get(at))) {
                mine.add(here.get(at));
            }
        }
        return List.copyOf(mine);
    }

    private boolean runsEverywhere(RouteConfig route) {
        return route instanceof InboundRoute inbound && Scoped.of(inbound, node).everyInstance();
    }
}
