package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;

/** Checks routes against the kind of broker and the cluster in which they run. */
final class DeploymentRules {

    private DeploymentRules() {}

    /** @param routes may have {@code null} in the place of a route that could not be read */
    static List<Problem> check(NamedBrokers brokers, List<RouteConfig> routes, ClusterConfig cluster) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            BrokerConfig broker = routes.get(i) == null ? null : brokers.of(routes.get(i));
            if (broker == null) {
                continue;
            }
            String path = "routes[" + i + "]";
            String described = NamedBrokers.pathOf(routes.get(i));
            if (routes.get(i) instanceof InboundRoute route) {
                if (broker.isEmbedded() && route.queue().type() != QueueType.CLASSIC) {
                    problems.add(notEmbedded(path, route.queue().type()));
                }
                if (route.retriesInBroker() && (broker.isEmbedded() || isOther(broker.dialect()))) {
                    problems.add(cannotDelay(path, described));
                }
                problems.addAll(checkReject(path + ".onFailure.then", described, broker, route.onFailure()));
                if (route.otherwise() == Otherwise.REJECT && putsBackRejected(broker)) {
                    problems.add(cannotReject(path + ".from.otherwise", described, broker, "Set it to accept"));
                }
            }
            if (broker.dialect() == BrokerDialect.PLAIN) {
                problems.addAll(PlainRules.check(path, described, routes.get(i), cluster));
            }
        }
        if (cluster.enabled()) {
            problems.addAll(ClusterRules.check(brokers, routes));
        }
        return problems;
    }

    /**
     * Finds a rejection where the broker is known to put a rejected message back.
     *
     * @param path of the action
     * @param described the key that describes the broker
     */
    static List<Problem> checkReject(String path, String described, BrokerConfig broker, FailurePolicy onFailure) {
        return !putsBackRejected(broker) || onFailure.then() != FailureAction.REJECT
                ? List.of()
                : List.of(cannotReject(path, described, broker, "Set it to dead-letter, park or drop"));
    }

    private static boolean putsBackRejected(BrokerConfig broker) {
        return broker.isEmbedded() || broker.dialect() == BrokerDialect.QPID;
    }

    private static Problem cannotReject(String path, String described, BrokerConfig broker, String remedy) {
        return new Problem(
                        path,
                        "reject",
                        "cannot be done with Apache Qpid Broker-J, "
                                + (broker.isEmbedded() ? "the embedded broker, " : "")
                                + "which puts a rejected message back into its queue",
                        remedy)
                .involving(described + ".uri", described + ".dialect");
    }

    private static boolean isOther(BrokerDialect dialect) {
        return dialect == BrokerDialect.QPID || dialect == BrokerDialect.ARTEMIS || dialect == BrokerDialect.PLAIN;
    }

    private static Problem cannotDelay(String path, String described) {
        return new Problem(
                path + ".onFailure.wait",
                "broker",
                "needs RabbitMQ 3.10 or later, but this is another broker",
                "Set it to memory, or " + described + ".uri to a RabbitMQ");
    }

    private static Problem notEmbedded(String path, QueueType type) {
        return new Problem(
                        path + ".from.queue.type",
                        Types.kebab(type),
                        "is a type of queue that the embedded broker does not have",
                        "Set it to classic, or broker.uri to a RabbitMQ")
                .involving("broker.uri");
    }
}
