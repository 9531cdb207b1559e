package dev.busbar.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds inbound routes that consume a queue together, by one consumer. The first of them consumes, and with
 * {@code from.otherwise: next} passes on to the second what does not meet its conditions, and so on.
 */
public final class RouteChains {

    private static final String OTHERWISE = ".from.otherwise";

    /** What a route says of its consumer, by the path of the key. */
    private static final Map<String, Function<InboundRoute, Object>> OF_THE_CONSUMER = new TreeMap<>(Map.of(
            "from.filter", InboundRoute::filters,
            "from.exchange", InboundRoute::exchange,
            "from.arguments", InboundRoute::bindingArguments,
            "from.queue", InboundRoute::queue,
            "from.consumer", InboundRoute::consumer,
            "scope", InboundRoute::scope,
            "prefetch", InboundRoute::prefetch,
            "prefetchBytes", InboundRoute::prefetchBytes));

    private RouteChains() {}

    /**
     * Returns which route passes messages on to each route.
     *
     * @param routes may have {@code null} in the place of a route that could not be read
     * @return an index for each route; -1 for a route with a consumer of its own
     */
    public static int[] before(List<? extends RouteConfig> routes) {
        Map<OnBroker, Integer> passing = new HashMap<>();
        int[] before = new int[routes.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = -1;
            if (routes.get(i) instanceof InboundRoute in && in.queue().name() != null) {
                OnBroker queue = new OnBroker(in.broker(), in.queue().name());
                before[i] = Objects.requireNonNullElse(passing.remove(queue), -1);
                if (in.otherwise() == Otherwise.NEXT) {
                    passing.put(queue, i);
                }
            }
        }
        return before;
    }

    /** Returns the routes in the same order, each with all that the first route of its chain says of the consumer. */
    public static List<RouteConfig> joined(List<RouteConfig> routes) {
        int[] before = before(routes);
        List<RouteConfig> joined = new ArrayList<>(routes);
        for (int i = 0; i < before.length; i++) {
            if (before[i] >= 0) {
                joined.set(i, join((InboundRoute) joined.get(before[i]), (InboundRoute) routes.get(i)));
            }
        }
        return joined;
    }

    private static InboundRoute join(InboundRoute first, InboundRoute next) {
        boolean preferred = next.handlers() != HandlerPreference.of(next.scope());
        return next.toBuilder()
                .filters(first.filters())
                .exchange(first.exchange())
                .bindingArguments(first.bindingArguments())
                .queue(first.queue())
                .consumer(first.consumer())
                .scope(first.scope())
                .handlers(preferred ? next.handlers() : HandlerPreference.of(first.scope()))
                .prefetch(first.prefetch())
                .prefetchBytes(first.prefetchBytes())
                .build();
    }

    /**
     * Finds routes that pass messages on to nobody, and routes that say something else of the consumer than the one
     * whose consumer it is.
     *
     * @param routes may have {@code null} in the place of a route that could not be read
     */
    static List<Problem> check(ExchangeConfig shared, List<RouteConfig> routes) {
        int[] before = before(routes);
        List<Problem> problems = new ArrayList<>();
        boolean[] followed = new boolean[before.length];
        int[] first = new int[before.length];
        for (int i = 0; i < before.length; i++) {
            first[i] = before[i] < 0 ? i : first[before[i]];
            if (before[i] >= 0) {
                followed[before[i]] = true;
                differences(shared, routes, first[i], i, problems);
            }
        }
        for (int i = 0; i < before.length; i++) {
            if (!followed[i]
                    && routes.get(i) instanceof InboundRoute in
                    && in.otherwise() == Otherwise.NEXT
                    && (in.queue().name() == null || areReadable(routes.subList(i, before.length)))) {
                problems.add(lonely("routes[" + i + "]", in));
            }
        }
        return problems;
    }

    /** Returns whether it is known which queues the routes have. */
    private static boolean areReadable(List<RouteConfig> routes) {
        return routes.stream().noneMatch(Objects::isNull);
    }

    private static Problem lonely(String path, InboundRoute route) {
        String queue = route.queue().name();
        return queue == null
                ? new Problem(
                        path + OTHERWISE,
                        "next",
                        "needs a queue with a name, by which the next route is found",
                        "Name the queue, or set it to accept or reject")
                : new Problem(
                        path + OTHERWISE,
                        "next",
                        "names the next route with the queue '" + queue + "', and there is none behind this one",
                        "Add a route with from.queue: " + queue + ", or set it to accept or reject");
    }

    private static void differences(
            ExchangeConfig shared, List<RouteConfig> routes, int first, int at, List<Problem> problems) {
        int known = problems.size();
        InboundRoute owner = (InboundRoute) routes.get(first);
        InboundRoute route = (InboundRoute) routes.get(at);
        // A route that says nothing of its consumer.
        InboundRoute silent = InboundRoute.builder()
                .name(route.name())
                .address(route.address())
                .exchange(shared)
                .queue(new QueueConfig(owner.queue().name(), null, QueueType.CLASSIC, null, null, null, null, Map.of()))
                .build();
        OF_THE_CONSUMER.forEach((path, said) -> {
            Object own = said.apply(route);
            if (!own.equals(said.apply(owner)) && !own.equals(said.apply(silent))) {
                problems.add(new Problem(
                                "routes[" + at + "]." + path,
                                null,
                                "is not as in routes[" + first + "], which consumes the queue for this route too",
                                "Remove it here, or make both equal")
                        .involving("routes[" + first + "]."));
            }
        });
        if (problems.size() == known) {
            try {
                join(owner, route);
            } catch (InvalidConfigException e) {
                e.problems().forEach(it -> problems.add(it.under("routes[" + at + "]")));
            }
        }
    }
}
