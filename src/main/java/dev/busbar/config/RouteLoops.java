package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds routes that send messages in circles: an outbound route takes a message from the address to which an inbound
 * route has sent it, and publishes it with a key that leads back to the inbound route. Two routes may share an address
 * otherwise: messages of one exchange may be meant for another.
 */
final class RouteLoops {

    private final List<RouteConfig> routes;
    private final int[] before;
    /** Whether only certain loops count, or also those that depend on the values of placeholders. */
    private final boolean certain;

    private RouteLoops(List<RouteConfig> routes, boolean certain) {
        this.routes = routes;
        this.before = RouteChains.before(routes);
        this.certain = certain;
    }

    /** @param routes may have {@code null} in the place of a route that could not be read */
    static List<Problem> find(List<RouteConfig> routes, boolean certain) {
        RouteLoops loops = new RouteLoops(routes, certain);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) instanceof OutboundRoute start) {
                loops.back(List.of(i)).ifPresent(loop -> problems.add(loops.problem(start, loop)));
            }
        }
        return problems;
    }

    /** Finds the shortest way from the end of the path to its beginning, over routes after the first one only. */
    private Optional<List<Integer>> back(List<Integer> path) {
        List<List<Integer>> level = List.of(path);
        while (!level.isEmpty()) {
            List<List<Integer>> further = new ArrayList<>();
            for (List<Integer> way : level) {
                for (int next = 0; next < routes.size(); next++) {
                    if (!leadsTo(routes.get(way.get(way.size() - 1)), next)) {
                        continue;
                    }
                    if (next == path.get(0)) {
                        return Optional.of(way);
                    }
                    boolean reportedAlready = routes.get(next) instanceof OutboundRoute && next < path.get(0);
                    int reached = next;
                    boolean seen = way.contains(next) || further.stream().anyMatch(it -> it.contains(reached));
                    if (!reportedAlready && !seen) {
                        List<Integer> longer = new ArrayList<>(way);
                        longer.add(next);
                        further.add(longer);
                    }
                }
            }
            level = further;
        }
        return Optional.empty();
    }

    private boolean leadsTo(RouteConfig from, int next) {
        RouteConfig to = routes.get(next);
        if (certain && before[next] >= 0) {
            // What comes to it is what others have passed on.
            return false;
        }
        if (from instanceof InboundRoute in && to instanceof OutboundRoute out) {
            return in.address().equals(out.address());
        }
        return from instanceof OutboundRoute out
                && to instanceof InboundRoute in
                && RouteOverlap.reaches(out, in, certain);
    }

    private Problem problem(OutboundRoute start, List<Integer> loop) {
        List<String> names = loop.stream().map(i -> routes.get(i).name()).toList();
        return new Problem(
                        "routes[" + loop.get(0) + "].from.address",
                        start.address(),
                        (certain ? "is fed" : "may be fed, depending on the values in the key and on conditions,")
                                + " with what this route sends: the messages go round in circles ("
                                + String.join(" → ", names) + " → " + start.name() + ")",
                        "Use another address for one of the routes, or a key and filter that do not meet")
                .involving(loop.stream().map(i -> "routes[" + i + "].").toArray(String[]::new));
    }
}
