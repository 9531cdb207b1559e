package dev.busbar.check;

import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Permission;
import dev.busbar.broker.Topology;
import dev.busbar.cluster.Node;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.RouteChains;
import dev.busbar.route.RouteTopologies;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Lists the exchanges and queues that a configuration needs on its broker, each once. Queues that the broker names, and
 * those of persistent consumers and Buildbot masters, are not known before they are used, and are not in the list.
 */
final class NeededObjects {

    private final Node node;
    private final BrokerTraits traits;
    private final Map<String, BrokerObject> objects = new LinkedHashMap<>();

    private NeededObjects(Node node, BrokerTraits traits) {
        this.node = node;
        this.traits = traits;
    }

    /**
     * Lists what a configuration needs on one of its brokers.
     *
     * @param broker {@code null} for the top-level one
     * @param subscriptions whether browsers, masters or programs share the top-level exchange
     */
    static Collection<BrokerObject> of(
            BusbarConfig config, String broker, boolean subscriptions, Node node, BrokerTraits traits) {
        var needed = new NeededObjects(node, traits);
        var routes = Scoped.named(config.routes(), node);
        var before = RouteChains.before(routes);
        for (var at = 0; at < before.length; at++) {
            var route = routes.get(at);
            if (!Objects.equals(route.broker(), broker)) {
                continue;
            }
            if (route instanceof OutboundRoute outbound) {
                needed.add(outbound);
            } else {
                needed.add((InboundRoute) route, before[at] < 0);
            }
        }
        if (broker == null && subscriptions) {
            needed.published(config.exchange(), "subscriptions");
        }
        return needed.objects.values();
    }

    private void add(OutboundRoute route) {
        RouteTopologies.published(route).forEach(it -> published(it.exchange(), user(route.name())));
    }

    private void add(InboundRoute route, boolean consumes) {
        var user = user(route.name());
        var consumed = RouteTopologies.consumed(route, node);
        if (consumed.others()) {
            permission(new Permission.Consume(consumed.queue().name()), object(consumed), user);
        } else {
            bound(consumed, user, true);
        }
        for (var topology : RouteTopologies.sentBack(route, consumes, node, traits)) {
            bound(topology, user, topology.equals(RouteTopologies.position(route, node)));
            published(topology.exchange(), user);
        }
        for (var topology : RouteTopologies.trusted(route)) {
            if (topology.queue() == null) {
                published(topology.exchange(), user);
            } else {
                object(topology).users().add(user);
            }
        }
    }

    private void bound(Topology topology, String user, boolean consumed) {
        var exchange = topology.exchange();
        if (!exchange.name().isEmpty()) {
            object(Topology.of(exchange)).users().add(user);
        }
        var queue = topology.queue().name();
        if (queue == null) {
            return;
        }
        permission(new Permission.DeclareQueue(queue), object(topology), user);
        if (consumed) {
            permission(new Permission.Consume(queue), object(topology), user);
        }
        if (!exchange.name().isEmpty()) {
            topology.filters()
                    .forEach(filter -> permission(
                            new Permission.Bind(queue, exchange.name(), filter.toString()), object(topology), user));
        }
    }

    private void published(ExchangeConfig exchange, String user) {
        permission(new Permission.Publish(exchange.name()), object(Topology.of(exchange)), user);
    }

    private static void permission(Permission permission, BrokerObject object, String user) {
        object.users().add(user);
        object.permissions().add(permission);
    }

    private BrokerObject object(Topology wanted) {
        var found = objects.merge(
                new BrokerObject(wanted).toString(), new BrokerObject(wanted), BrokerObject::orDeclaredBy);
        if (!found.isQueue() && found.wanted().exchange().isDeclared()) {
            found.permissions()
                    .add(new Permission.DeclareExchange(wanted.exchange().name()));
        }
        return found;
    }

    private static String user(String route) {
        return "route '" + route + "'";
    }
}
