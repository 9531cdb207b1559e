package dev.busbar.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The brokers of a configuration.
 *
 * @param main the top-level one
 * @param others by name
 */
record NamedBrokers(BrokerConfig main, Map<String, BrokerConfig> others) {

    /** Returns the broker that a route names, or else the top-level one; {@code null} if there is none of that name. */
    BrokerConfig of(RouteConfig route) {
        return route.broker() == null ? main : others.get(route.broker());
    }

    /** Returns whether a route is on the top-level broker, or could be, because there is no other. */
    boolean usesMain(List<RouteConfig> routes) {
        return others.isEmpty() || routes.stream().anyMatch(route -> route == null || route.broker() == null);
    }

    /** Returns the key that describes the broker of a route: {@code broker}, or {@code brokers.NAME}. */
    static String pathOf(RouteConfig route) {
        return route.broker() == null ? "broker" : "brokers." + route.broker();
    }

    /** @param routes may have {@code null} in the place of a route that could not be read */
    List<Problem> check(List<RouteConfig> routes) {
        List<Problem> problems = new ArrayList<>();
        others.forEach((name, broker) -> {
            if (broker.isEmbedded()) {
                problems.add(new Problem(
                        "brokers." + name + ".uri",
                        "embedded",
                        "starts a broker within this process, which only the top-level broker can be",
                        "Move it to the top-level broker, or name a broker that runs by itself"));
            }
        });
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) != null && of(routes.get(i)) == null) {
                problems.add(unknown("routes[" + i + "]", routes.get(i)));
            }
        }
        return problems;
    }

    private Problem unknown(String path, RouteConfig route) {
        Set<String> names = new LinkedHashSet<>(others.keySet());
        return new Problem(
                        path + (route instanceof InboundRoute ? ".from.broker" : ".to.broker"),
                        route.broker(),
                        "is not the name of a broker",
                        names.isEmpty()
                                ? "Describe it under the top-level brokers, or remove it to use the top-level broker"
                                : "Use one of " + String.join(", ", names)
                                        + ", or remove it to use the top-level broker")
                .involving("brokers");
    }
}
