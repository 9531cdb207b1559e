package dev.busbar.route;

import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.KnownNames;
import dev.busbar.broker.Topology;
import dev.busbar.cluster.Node;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.delivery.UndeliveredHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells what a route needs on the broker, whoever declares it. */
public final class RouteTopologies {

    private RouteTopologies() {}

    /** Returns the queue that a route consumes, with its exchange and bindings. */
    public static Topology consumed(InboundRoute route, Node node) {
        return new Topology(
                route.exchange(),
                route.queue(),
                route.filters(),
                route.bindingArguments(),
                Scoped.of(route, node).singleActive(),
                route.isOfOthers(),
                KnownNames.NONE);
    }

    /**
     * Returns the queues that a route declares to publish to them: dead letters, retries and positions in streams.
     *
     * @param consumes whether the route has a consumer of its own, whose position can be kept
     */
    public static List<Topology> sentBack(InboundRoute route, boolean consumes, Node node, BrokerTraits traits) {
        return Stream.concat(
                        Stream.of(
                                UndeliveredHandlers.topology(route),
                                consumes ? KeptPosition.topology(route, node) : null),
                        BrokerRetry.topologies(route, traits).stream())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the queue that keeps a route's position in a stream; {@code null} if none does. */
    public static Topology position(InboundRoute route, Node node) {
        return KeptPosition.topology(route, node);
    }

    /** Returns the exchange and the queue that others declare for what a route's handlers could not handle. */
    public static List<Topology> trusted(InboundRoute route) {
        var kept = UndeliveredHandlers.kept(route);
        if (UndeliveredHandlers.topology(route) != null || !UndeliveredHandlers.publishes(route)) {
            return List.of();
        }
        var exchange = kept == null
                ? route.onFailure().deadLetter().exchangeOf(route.exchange())
                : kept.exchange().name();
        var found = new ArrayList<>(List.of(
                Topology.of(new ExchangeConfig(exchange, null, true, false, false, Declaration.FALSE, Map.of()))));
        if (kept != null) {
            var queue = new QueueConfig(
                    kept.queue().name(), QueueLife.PERSISTENT, QueueType.CLASSIC, Declaration.FALSE, Map.of());
            found.add(new Topology(kept.exchange(), queue, List.of()));
        }
        return found;
    }

    /** Returns the exchanges that a route publishes to. */
    public static List<Topology> published(OutboundRoute route) {
        return route.targets().stream().map(Topology::of).toList();
    }

    /**
     * Checks that the broker can do what a route asks for.
     *
     * @throws RouteException if not; its message says the remedy
     */
    public static void check(InboundRoute route, BrokerTraits traits) {
        BrokerRetry.check(route, traits);
        var problem = UndeliveredHandlers.problem(route, traits);
        if (problem != null) {
            throw new RouteException(route.name(), "cannot start: " + problem);
        }
    }
}
