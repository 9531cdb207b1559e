package dev.busbar.web.metrics;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.ConnectionState;
import dev.busbar.hub.FilterStatus;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The meters of the hub: its subscriptions, what it publishes, and its connections. */
final class HubMetrics implements MeterBinder {

    /** The state of a connection at the last refresh. */
    private record Connection(boolean connected, boolean blocked) {

        private static final Connection CLOSED = new Connection(false, false);

        private static Connection of(BrokerConnection connection) {
            var connected = connection.state() instanceof ConnectionState.Connected;
            return new Connection(connected, connection.blocked() != null);
        }
    }

    private final Hub hub;
    private volatile HubStatus status;
    private volatile List<FilterStatus> filters = List.of();
    private volatile Connection consuming = Connection.CLOSED;
    private volatile Connection publishing = Connection.CLOSED;

    HubMetrics(Hub hub) {
        this.hub = hub;
        status = hub.status();
    }

    /** Reads the state of the hub; a hub that is being closed counts as one without connections. */
    Future<Void> refresh() {
        status = hub.status();
        filters = hub.filters();
        return hub.<Void>withConnections(connections -> {
                    consuming = Connection.of(connections.consuming());
                    publishing = Connection.of(connections.publishing());
                    return Future.succeededFuture();
                })
                .recover(closing -> {
                    consuming = Connection.CLOSED;
                    publishing = Connection.CLOSED;
                    return Future.succeededFuture();
                });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "received", "messages taken from the broker for subscriptions", HubStatus::received);
        count(registry, "unreadable", "messages that could not be decoded and reached nobody", HubStatus::unreadable);
        count(
                registry,
                "interruptions",
                "how often subscriptions may have missed messages because the connection was lost",
                HubStatus::interruptions);
        count(registry, "produced", "messages given to be published", HubStatus::produced);
        count(registry, "confirmed", "published messages that the broker has confirmed", HubStatus::confirmed);
        count(registry, "failed", "published messages that have failed", HubStatus::failed);
        gauge(registry, "waiting", "published messages neither confirmed nor failed yet", it -> it.status.waiting());
        gauge(
                registry,
                "filters",
                "filters with a binding at the broker, or about to have one",
                it -> it.filters.size());
        gauge(
                registry,
                "listeners",
                "listeners to filters",
                it -> it.filters.stream().mapToInt(FilterStatus::listeners).sum());
        gauge(
                registry,
                "consuming",
                "1 while the broker has the consumer of subscriptions",
                it -> it.status.consuming() ? 1 : 0);
        connection(registry, "consuming", it -> it.consuming);
        connection(registry, "publishing", it -> it.publishing);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<HubStatus> value) {
        FunctionCounter.builder("busbar.hub." + name, this, it -> value.applyAsDouble(it.status))
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<HubMetrics> value) {
        Gauge.builder("busbar.hub." + name, this, value)
                .description(description)
                .register(registry);
    }

    private void connection(MeterRegistry registry, String name, Function<HubMetrics, Connection> which) {
        Gauge.builder("busbar.connection.up", this, it -> which.apply(it).connected() ? 1 : 0)
                .description("1 while this connection of the hub to the broker is open")
                .tag("connection", name)
                .register(registry);
        Gauge.builder("busbar.connection.blocked", this, it -> which.apply(it).blocked() ? 1 : 0)
                .description("1 while the broker holds up what is published over it")
                .tag("connection", name)
                .register(registry);
    }
}
