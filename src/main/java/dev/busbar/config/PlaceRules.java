package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;

/** What must hold between the routes and where they run: the kind of broker, the cluster, the ports. */
final class PlaceRules {

    private PlaceRules() {}

    static List<Problem> check(
            BrokerConfig broker,
            List<RouteConfig> routes,
            WebConfig web,
            ManagementConfig management,
            ClusterConfig cluster) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) instanceof InboundRoute route) {
                String path = "routes[" + i + "]";
                if (cluster.enabled()
                        && route.scope() == Scope.COMPETING
                        && !route.queue().isDurable()) {
                    problems.add(competing(path));
                }
                if (broker.isEmbedded() && route.queue().type() != QueueType.CLASSIC) {
                    problems.add(notEmbedded(path, route.queue().type()));
                }
            }
        }
        problems.addAll(Ports.check(broker, web, management));
        return problems;
    }

    private static Problem competing(String path) {
        return new Problem(
                path + ".scope",
                "competing",
                "cannot be on a cluster with a transient queue: each node has one of its own, so each gets every message",
                "Name the queue and set from.queue.life to persistent or until-stop, or set scope to per-node or"
                        + " singleton");
    }

    private static Problem notEmbedded(String path, QueueType type) {
        return new Problem(
                path + ".from.queue.type",
                Types.kebab(type),
                "is a kind of queue the embedded broker does not have",
                "Set it to classic, or broker.uri to a RabbitMQ");
    }
}
