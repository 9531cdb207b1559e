package dev.busbar.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds routes with which several nodes would multiply or lose messages. */
final class ClusterRules {

    private final List<Problem> problems = new ArrayList<>();
    private final Map<OnBroker, Taken> queues = new HashMap<>();

    private ClusterRules() {}

    static List<Problem> check(NamedBrokers brokers, List<RouteConfig> routes) {
        ClusterRules rules = new ClusterRules();
        if (brokers.main().isEmbedded() && brokers.usesMain(routes)) {
            rules.report(
                    "broker.uri",
                    "embedded",
                    "gives each node of a cluster a broker of its own, whose messages the others never see",
                    "Set it to one broker for all nodes, or cluster.enabled to false");
        }
        int[] before = RouteChains.before(routes);
        for (int i = 0; i < routes.size(); i++) {
            // A route without a consumer of its own has the scope of the one that consumes for it.
            if (routes.get(i) instanceof InboundRoute route && before[i] < 0) {
                rules.check("routes[" + i + "]", route);
            }
        }
        return rules.problems;
    }

    private void check(String path, InboundRoute route) {
        switch (route.scope()) {
            case COMPETING -> competing(path, route.queue());
            case PER_NODE -> perNode(path, route.queue());
            case SINGLETON -> singleton(path, route.queue());
        }
        if (route.consumer().exclusive()
                && route.scope() != Scope.PER_NODE
                && (route.queue().outlivesConnection() || route.queue().isShared())
                && !route.queue().isNamedByNode()) {
            report(
                    path,
                    ".from.consumer.exclusive",
                    "true",
                    "cannot be on a cluster with scope " + Types.kebab(route.scope())
                            + ": every node consumes the queue, and the broker refuses all but the first",
                    "Remove it, or set cluster.enabled to false and run one node");
        }
        if (route.queue().name() != null) {
            Taken first = queues.putIfAbsent(
                    new OnBroker(route.broker(), route.queue().name()), new Taken(path, route.scope()));
            if (first != null && first.scope != route.scope()) {
                scope(
                        path,
                        route.scope(),
                        "differs from that of " + first.path + ", which consumes the same queue",
                        "Make them equal, or give one of the routes another queue");
            }
        }
    }

    private void competing(String path, QueueConfig queue) {
        if (!queue.outlivesConnection() && !queue.isShared()) {
            scope(
                    path,
                    Scope.COMPETING,
                    "cannot be on a cluster with a transient queue: each node has one of its own, so each gets every"
                            + " message",
                    "Name the queue and set from.queue.life to persistent or until-stop, or from.queue.exclusive to"
                            + " false, or set scope to per-node or singleton");
        } else {
            shared(path, Scope.COMPETING, queue);
        }
    }

    private void singleton(String path, QueueConfig queue) {
        if (!queue.outlivesConnection()) {
            scope(
                    path,
                    Scope.SINGLETON,
                    "cannot be on a cluster with a transient queue: messages that arrive while another node takes over are lost",
                    "Name the queue and set from.queue.life to persistent or until-stop");
        } else {
            shared(path, Scope.SINGLETON, queue);
        }
    }

    private void shared(String path, Scope scope, QueueConfig queue) {
        if (queue.isNamedByNode()) {
            report(
                    path,
                    ".from.queue.name",
                    queue.name(),
                    "is another queue on each node, so that with scope " + Types.kebab(scope)
                            + " each gets every message",
                    "Leave out " + QueueConfig.NODE + ", or set scope to per-node");
        } else if (queue.type() == QueueType.STREAM) {
            scope(
                    path,
                    scope,
                    "cannot be on a cluster with a stream: each of its consumers gets every message",
                    "Set from.queue.type to quorum or classic, or scope to per-node");
        }
    }

    private void perNode(String path, QueueConfig queue) {
        if (queue.name() != null && !queue.isNamedByNode() && queue.type() != QueueType.STREAM) {
            report(
                    path,
                    ".from.queue.name",
                    queue.name(),
                    "is the same queue for all nodes, so that only one of them gets each message",
                    (queue.outlivesConnection() ? "Put " : "Leave it out, or put ") + QueueConfig.NODE
                            + " into it, which is the name of the node, or set scope to competing");
        }
    }

    private void scope(String path, Scope scope, String message, String remedy) {
        report(path, ".scope", Types.kebab(scope), message, remedy);
    }

    private void report(String path, String value, String message, String remedy) {
        problems.add(new Problem(path, value, message, remedy));
    }

    private void report(String route, String path, String value, String message, String remedy) {
        problems.add(
                new Problem(route + path, value, message, remedy).involving(route + ".scope", route + ".from.queue."));
    }

    private record Taken(String path, Scope scope) {}
}
