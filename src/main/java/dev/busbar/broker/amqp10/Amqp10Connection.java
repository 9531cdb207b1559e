package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
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
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.StartTimeout;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Implements a connection to a broker over AMQP 1.0, with a session for each subscription, publisher and fetcher. */
final class Amqp10Connection implements BrokerConnection {

    private final SharedAmqp10Connection connection;
    private final ReconnectPolicy policy;
    private final BrokerConfig config;
    private final Set<Amqp10Publisher> publishers = new LinkedHashSet<>();

    Amqp10Connection(ContextInternal context, BrokerConfig config, String name) {
        this.policy = ReconnectPolicy.forever(
                config.reconnect().initial(), config.reconnect().max());
        this.connection = new SharedAmqp10Connection(context, config, name, policy);
        this.config = config;
    }

    @Override
    public Future<Void> connect() {
        return StartTimeout.within(
                config.startTimeout(), connection.open(), connection::lastFailure, connection::close);
    }

    @Override
    public ConnectionState state() {
        return connection.state();
    }

    @Override
    public String blocked() {
        return publishers.stream()
                .map(Amqp10Publisher::blocked)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Future<Subscription> subscribe(SubscriptionSpec spec, Handler<Delivery> handler) {
        var subscription = new Amqp10Subscription(connection, policy, spec, handler);
        return subscription.start().map(subscription);
    }

    @Override
    public Future<Publisher> publisher(PublisherSpec spec) {
        var publisher = new Amqp10Publisher(connection, policy, spec, publishers::remove);
        return publisher.start().map(ignored -> {
            publishers.add(publisher);
            return publisher;
        });
    }

    @Override
    public Future<Fetcher> fetcher(Topology topology) {
        var fetcher = new Amqp10Fetcher(connection, policy, topology);
        return fetcher.start().map(fetcher);
    }

    @Override
    public Future<QueueDepth> depth(String queue) {
        return connection.state() instanceof ConnectionState.Connected
                ? connection.whenConnected().compose(peer -> peer.dialect().depth(peer, queue))
                : Future.failedFuture(new BrokerException(
                        BrokerException.Kind.UNREACHABLE,
                        "there is no connection to the broker, counting the messages of queue '" + queue + "'"));
    }

    @Override
    public Future<BrokerTraits> traits() {
        return connection.whenConnected().map(peer -> peer.dialect().traits(peer));
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return connection.whenConnected().compose(peer -> peer.dialect().arguments(bounds));
    }

    @Override
    public Future<Existence> inspect(Topology topology) {
        return connection
                .whenConnected()
                .compose(peer -> peer.dialect()
                        .inspect(peer, topology)
                        .recover(failure -> failure instanceof BrokerException known
                                        && known.kind() == BrokerException.Kind.NOT_FOUND
                                ? Future.succeededFuture(Existence.MISSING)
                                : Future.failedFuture(failure))
                        .compose(existence -> possible(peer, topology, existence)));
    }

    /** Fails if something is missing that Busbar is to declare and that the broker cannot have. */
    private static Future<Existence> possible(Peer peer, Topology topology, Existence existence) {
        var refusal = existence == Existence.MISSING && topology.isDeclared()
                ? peer.dialect().refusal(topology)
                : null;
        return refusal == null ? Future.succeededFuture(existence) : Future.failedFuture(refusal);
    }

    @Override
    public Future<Void> ask(Permission permission) {
        return connection.whenConnected().compose(peer -> peer.dialect().ask(peer, permission));
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(String queue) {
        return connection.whenConnected().compose(peer -> peer.dialect().deleteQueueIfUnused(peer, queue));
    }

    @Override
    public Future<Void> close() {
        return connection.close();
    }
}
