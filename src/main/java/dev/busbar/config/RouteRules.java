package dev.busbar.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Checks routes against each other. */
final class RouteRules {

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<OnBroker, Declared> exchanges = new HashMap<>();
    private final Map<OnBroker, Queue> queues = new HashMap<>();
    private final Map<OnBroker, Kept> kept = new HashMap<>();

    private RouteRules() {}

    /** @param routes may have {@code null} in the place of a route that could not be read */
    static List<Problem> check(ExchangeConfig shared, List<RouteConfig> routes) {
        RouteRules rules = new RouteRules();
        rules.exchanges.put(new OnBroker(null, shared.name()), new Declared("exchange", shared));
        int[] before = RouteChains.before(routes);
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) != null) {
                rules.check("routes[" + i + "]", routes.get(i), before[i] < 0);
            }
        }
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) instanceof InboundRoute in) {
                rules.checkDeadLetterExchange("routes[" + i + "].onFailure.deadLetter", in);
            }
        }
        rules.problems.addAll(RouteChains.check(shared, routes));
        RouteLoops.find(routes, true).forEach(rules.problems::add);
        return rules.problems;
    }

    /** @param consumes whether an inbound route has a consumer of its own */
    private void check(String path, RouteConfig route, boolean consumes) {
        String first = names.putIfAbsent(route.name(), path);
        if (first != null) {
            report(
                    path + ".name",
                    route.name(),
                    "is also the name of " + first,
                    "Rename one of the two",
                    first + ".name");
        }
        if (route instanceof OutboundRoute out && !out.exchanges().isEmpty()) {
            for (int i = 0; i < out.exchanges().size(); i++) {
                checkExchange(
                        path + ".to.exchanges[" + i + "]",
                        out.broker(),
                        out.exchanges().get(i));
            }
        } else {
            checkExchange(
                    path + (route instanceof InboundRoute ? ".from" : ".to") + ".exchange",
                    route.broker(),
                    route.exchange());
        }
        if (route instanceof InboundRoute in && in.queue().name() != null && consumes) {
            checkQueue(path + ".from.queue", in);
        }
        if (route instanceof InboundRoute in) {
            checkKept(path + ".onFailure", in);
        }
    }

    /** Reports a queue in which it could not be told where a message is to be put back to. */
    private void checkKept(String path, InboundRoute route) {
        boolean parks = route.onFailure().then() == FailureAction.PARK;
        String queue = parks
                ? route.parkingQueue()
                : route.onFailure().then() == FailureAction.DEAD_LETTER
                        ? route.onFailure().deadLetter().queueOf(route.exchange())
                        : null;
        if (queue == null) {
            return;
        }
        Kept mine = new Kept(path, parks ? String.valueOf(route.queue().name()) : null);
        Kept first = kept.putIfAbsent(new OnBroker(route.broker(), queue), mine);
        if (first != null && !Objects.equals(first.backTo, mine.backTo)) {
            report(
                    path + (parks ? ".park.queue" : ".deadLetter.queue"),
                    queue,
                    "also keeps the messages of " + first.path + ", which would be put back elsewhere",
                    "Name another queue for one of the two",
                    path + ".",
                    first.path + ".");
        }
    }

    private void checkExchange(String path, String broker, ExchangeConfig exchange) {
        Declared first = exchanges.putIfAbsent(new OnBroker(broker, exchange.name()), new Declared(path, exchange));
        if (!exchange.isPredefined() && first != null && !first.exchange.equals(exchange)) {
            report(
                    path,
                    exchange.name(),
                    "is declared with another " + difference(first.exchange, exchange) + " than at " + first.path,
                    "Make them equal, or use another name",
                    path + ".",
                    first.path + ".");
        }
    }

    /** Reports an exchange that Busbar would declare for dead letters, but that is described otherwise elsewhere. */
    private void checkDeadLetterExchange(String path, InboundRoute route) {
        DeadLetterConfig deadLetter = route.onFailure().deadLetter();
        ExchangeConfig own = new ExchangeConfig(deadLetter.exchangeOf(route.exchange()), null, true, Map.of());
        Declared first = exchanges.get(new OnBroker(route.broker(), own.name()));
        if (route.onFailure().then() == FailureAction.DEAD_LETTER
                && deadLetter.declare()
                && !own.isPredefined()
                && !own.name().equals(route.exchange().name())
                && first != null
                && !first.exchange.equals(own)) {
            report(
                    path + ".exchange",
                    own.name(),
                    "is declared as a durable topic, with another " + difference(first.exchange, own) + " than at "
                            + first.path,
                    "Set onFailure.deadLetter.declare to false and bind a queue to the exchange, or make them equal, or"
                            + " name another exchange",
                    path + ".",
                    first.path + ".");
        }
    }

    private static String difference(ExchangeConfig a, ExchangeConfig b) {
        return !a.type().equals(b.type())
                ? "type"
                : a.durable() != b.durable()
                        ? "durable"
                        : a.autoDelete() != b.autoDelete()
                                ? "autoDelete"
                                : a.internal() != b.internal()
                                        ? "internal"
                                        : a.declare() != b.declare() ? "declare" : "set of arguments";
    }

    private void checkQueue(String path, InboundRoute route) {
        Queue first =
                queues.putIfAbsent(new OnBroker(route.broker(), route.queue().name()), new Queue(path, route));
        if (first == null) {
            return;
        }
        QueueConfig a = first.route.queue();
        QueueConfig b = route.queue();
        boolean bothBound = !first.route.filters().isEmpty() && !route.filters().isEmpty();
        List<String> differences = Stream.of(
                        a.life() == b.life() ? "" : "life",
                        a.type() == b.type() ? "" : "type",
                        a.durable().equals(b.durable()) ? "" : "durable",
                        a.autoDelete().equals(b.autoDelete()) ? "" : "autoDelete",
                        a.exclusive().equals(b.exclusive()) ? "" : "exclusive",
                        a.arguments().equals(b.arguments()) ? "" : "set of arguments",
                        !bothBound || first.route.exchange().equals(route.exchange()) ? "" : "exchange")
                .filter(it -> !it.isEmpty())
                .toList();
        if (!differences.isEmpty()) {
            report(
                    path,
                    b.name(),
                    "is the queue at " + first.path + " with another " + String.join(" and ", differences),
                    "Make them equal, or use another queue name",
                    path + ".",
                    first.path + ".");
        }
    }

    private void report(String path, String value, String message, String remedy, String... others) {
        problems.add(new Problem(path, value, message, remedy).involving(others));
    }

    private record Declared(String path, ExchangeConfig exchange) {}

    /** @param backTo the queue to which parked messages are put back; {@code null} for dead letters */
    private record Kept(String path, String backTo) {}

    private record Queue(String path, InboundRoute route) {}
}
