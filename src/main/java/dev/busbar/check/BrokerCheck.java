package dev.busbar.check;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Existence;
import dev.busbar.broker.KnownNames;
import dev.busbar.broker.Permission;
import dev.busbar.check.Finding.Verdict;
import dev.busbar.cluster.Node;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.route.RouteException;
import dev.busbar.route.RouteTopologies;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Looks at what a configuration needs on its broker, one thing after the other, and changes nothing. */
public final class BrokerCheck {

    private final BrokerConnection connection;
    private final Consumer<Finding> found;
    private Collection<BrokerObject> objects = List.of();

    private BrokerCheck(BrokerConnection connection, Consumer<Finding> found) {
        this.connection = connection;
        this.found = found;
    }

    /**
     * Checks what a configuration needs on one of its brokers. To be called on the connection's event loop.
     *
     * @param connection is connected to the broker
     * @param broker its name; {@code null} for the top-level one
     * @param subscriptions whether browsers, masters or programs share the top-level exchange
     * @param found called with each finding, in the order of the configuration
     * @return completes when all has been looked at; fails if the connection is lost
     */
    public static Future<Void> check(
            BrokerConnection connection,
            BusbarConfig config,
            String broker,
            boolean subscriptions,
            Node node,
            Consumer<Finding> found) {
        var check = new BrokerCheck(connection, found);
        return connection.traits().compose(traits -> {
            check.routes(config, broker, traits);
            check.objects = NeededObjects.of(config, broker, subscriptions, node, traits);
            return check.next(check.objects.iterator());
        });
    }

    private void routes(BusbarConfig config, String broker, BrokerTraits traits) {
        for (var route : config.routes()) {
            if (route instanceof InboundRoute inbound && Objects.equals(inbound.broker(), broker)) {
                try {
                    RouteTopologies.check(inbound, traits);
                } catch (RouteException unable) {
                    found.accept(new Finding(
                            Verdict.PROBLEM, "route '" + inbound.name() + "'", unable.getMessage(), List.of()));
                }
            }
        }
    }

    private Future<Void> next(Iterator<BrokerObject> objects) {
        return objects.hasNext() ? look(objects.next()).compose(ignored -> next(objects)) : Future.succeededFuture();
    }

    private Future<Void> look(BrokerObject object) {
        var permissions = object.permissions().iterator();
        return object.isDefaultExchange()
                ? ask(object, permissions)
                : connection
                        .inspect(object.wanted())
                        .map(existence -> found(object, existence))
                        .recover(failure -> unclear(object, failure))
                        .compose(finding -> {
                            found.accept(finding);
                            return ask(object, permissions);
                        });
    }

    private Finding found(BrokerObject object, Existence existence) {
        return switch (existence) {
            case FITS -> finding(object, Verdict.OK, "exists as configured");
            case EXISTS -> finding(object, Verdict.OK, "exists");
            case MISSING ->
                object.isDeclared()
                        ? finding(object, Verdict.NEW, "does not exist: Busbar declares it when it starts")
                        : finding(
                                object,
                                Verdict.PROBLEM,
                                "does not exist, and others are to declare it." + near(object)
                                        + " Declare it, or correct its name");
        };
    }

    /** Returns a sentence that names what was probably meant, with a space before it; empty if nothing is near. */
    private String near(BrokerObject missing) {
        var names = objects.stream()
                .filter(it -> it.isQueue() == missing.isQueue())
                .map(BrokerObject::name)
                .toList();
        return KnownNames.suggestion(missing.name(), names);
    }

    private static Future<Finding> unclear(BrokerObject object, Throwable failure) {
        return switch (failure instanceof BrokerException known ? known.kind() : Kind.UNREACHABLE) {
            case UNREACHABLE -> Future.failedFuture(failure);
            case FORBIDDEN ->
                Future.succeededFuture(finding(object, Verdict.UNKNOWN, "may exist: " + failure.getMessage()));
            case REFUSED ->
                Future.succeededFuture(
                        finding(object, Verdict.UNKNOWN, "cannot be looked at: " + failure.getMessage()));
            default ->
                Future.succeededFuture(finding(object, Verdict.PROBLEM, "does not fit: " + failure.getMessage()));
        };
    }

    private Future<Void> ask(BrokerObject object, Iterator<Permission> permissions) {
        if (!permissions.hasNext()) {
            return Future.succeededFuture();
        }
        var permission = permissions.next();
        return connection
                .ask(permission)
                .recover(failure -> {
                    if (!(failure instanceof BrokerException known) || known.kind() != Kind.FORBIDDEN) {
                        return Future.failedFuture(failure);
                    }
                    found.accept(
                            finding(object, Verdict.PROBLEM, "needs a permission that the user lacks: " + permission));
                    return Future.succeededFuture();
                })
                .compose(ignored -> ask(object, permissions));
    }

    private static Finding finding(BrokerObject object, Verdict verdict, String words) {
        return new Finding(verdict, object.toString(), words, List.copyOf(object.users()));
    }
}
