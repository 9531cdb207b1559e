package dev.busbar.testing.broker;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Existence;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.Permission;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Has a foreign client declare what a connection is asked for, before the connection is asked: durable queues with
 * their bindings, and exchanges. Transient queues are asked for with the promise that a policy removes what is left of
 * them.
 */
final class ArrangedConnection implements BrokerConnection {

    private final BrokerConnection connection;
    private final Supplier<Admin> admins;

    ArrangedConnection(BrokerConnection connection, Supplier<Admin> admins) {
        this.connection = connection;
        this.admins = admins;
    }

    @Override
    public Future<Subscription> subscribe(SubscriptionSpec spec, Handler<Delivery> handler) {
        var promised = promised(spec.topology());
        return arrange(List.of(promised)).compose(ignored -> connection.subscribe(arranged(spec, promised), handler));
    }

    private static SubscriptionSpec arranged(SubscriptionSpec spec, Topology promised) {
        var arranged = new SubscriptionSpec(spec.name(), promised, spec.prefetch());
        return spec.startsEarly() ? arranged.startingEarly() : arranged;
    }

    private static Topology promised(Topology topology) {
        var queue = topology.queue();
        if (queue.outlivesConnection() || topology.filters().isEmpty()) {
            return topology;
        }
        var arguments = new HashMap<>(queue.arguments());
        arguments.put("x-expires", 10_000);
        return new Topology(
                topology.exchange(),
                new QueueConfig(queue.name(), queue.life(), queue.type(), arguments),
                topology.filters());
    }

    @Override
    public Future<Publisher> publisher(PublisherSpec spec) {
        return arrange(spec.topologies()).compose(ignored -> connection.publisher(spec));
    }

    /** Declares the topologies, unless the connection is closed: then nobody asks for anything any more. */
    private Future<Void> arrange(List<Topology> topologies) {
        return connection.state() instanceof ConnectionState.Closed
                ? Future.succeededFuture()
                : Vertx.currentContext().executeBlocking(() -> {
                    try (var admin = admins.get()) {
                        topologies.forEach(topology -> declare(admin, topology));
                    }
                    return null;
                });
    }

    private static void declare(Admin admin, Topology topology) {
        var exchange = topology.exchange();
        if (exchange.isDeclared()) {
            admin.declareExchange(exchange.name(), exchange.type());
        }
        var queue = topology.queue();
        if (queue != null && queue.outlivesConnection() && !topology.others()) {
            admin.declareQueue(queue.name(), arguments(queue));
            topology.filters().forEach(filter -> admin.bind(queue.name(), exchange.name(), filter.toString()));
        }
    }

    private static Map<String, Object> arguments(QueueConfig queue) {
        var arguments = new HashMap<>(queue.arguments());
        arguments.remove("x-stream-offset");
        if (queue.type() != QueueType.CLASSIC) {
            arguments.put("x-queue-type", queue.type().name().toLowerCase(Locale.ROOT));
        }
        return arguments;
    }

    @Override
    public Future<Void> connect() {
        return connection.connect();
    }

    @Override
    public ConnectionState state() {
        return connection.state();
    }

    @Override
    public String blocked() {
        return connection.blocked();
    }

    @Override
    public Future<Fetcher> fetcher(Topology topology) {
        return connection.fetcher(topology);
    }

    @Override
    public Future<BrokerTraits> traits() {
        return connection.traits();
    }

    @Override
    public Future<QueueDepth> depth(String queue) {
        return connection.depth(queue);
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return connection.arguments(bounds);
    }

    @Override
    public Future<Existence> inspect(Topology topology) {
        return connection.inspect(topology);
    }

    @Override
    public Future<Void> ask(Permission permission) {
        return connection.ask(permission);
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(String queue) {
        return connection.deleteQueueIfUnused(queue);
    }

    @Override
    public Future<Void> close() {
        return connection.close();
    }
}
