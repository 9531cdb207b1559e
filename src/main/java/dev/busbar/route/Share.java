package dev.busbar.route;

import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueLife;
import dev.busbar.config.RouteConfig;
import dev.busbar.config.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which routes one of several instances of a verticle runs. Competing consumers of a lasting queue run in every
 * instance. Every other route runs in just one, in turn: an outbound route keeps its senders' order that way and a
 * message published on the event bus is forwarded once, and a queue of a connection's own delivers each message once.
 *
 * @param index of this instance, from 0
 * @param count of instances
 * @param deployment the verticle's deployment id
 */
record Share(int index, int count, String deployment) {

    List<RouteConfig> of(List<RouteConfig> routes) {
        var mine = new ArrayList<RouteConfig>();
        for (var at = 0; at < routes.size(); at++) {
            if (at % count == index || runsEverywhere(routes.get(at))) {
                mine.add(routes.get(at));
            }
        }
        return List.copyOf(mine);
    }

    private static boolean runsEverywhere(RouteConfig route) {
        return route instanceof InboundRoute inbound
                && inbound.scope() == Scope.COMPETING
                && inbound.queue().life() != QueueLife.TRANSIENT;
    }
}
