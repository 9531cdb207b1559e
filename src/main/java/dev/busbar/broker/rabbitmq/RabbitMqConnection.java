package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Causes;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Existence;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.Permission;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.StartTimeout;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Connects the bridge to a broker over AMQP 0-9-1: with one channel that holds the connection open, and one for each
 * subscription and publisher.
 */
final class RabbitMqConnection implements BrokerConnection {

    private static final int MAX_DELETE_ATTEMPTS = 3;

    private final EventLoopRabbitMQClient control;
    private final BrokerConfig config;
    private final QueueDepths depths;
    private final Set<String> streams = ConcurrentHashMap.newKeySet();

    RabbitMqConnection(EventLoopRabbitMQClient control, BrokerConfig config) {
        this.control = control;
        this.config = config;
        this.depths = new QueueDepths(control);
    }

    @Override
    public Future<Void> connect() {
        return StartTimeout.within(
                config.startTimeout(),
                control.start(),
                () -> control.connection().lastFailure(),
                control::stop);
    }

    @Override
    public ConnectionState state() {
        return control.connectionState();
    }

    @Override
    public String blocked() {
        return control.blockedReason();
    }

    @Override
    public Future<Subscription> subscribe(SubscriptionSpec spec, Handler<Delivery> handler) {
        var queue = spec.topology().queue();
        if (queue.type() != QueueType.CLASSIC) {
            control.connection().counted().add(queue.name());
        }
        if (queue.type() == QueueType.STREAM) {
            streams.add(queue.name());
        }
        var subscription = new RabbitMqSubscription(control.channel(), spec, handler);
        return subscription.start().map(subscription);
    }

    @Override
    public Future<Publisher> publisher(PublisherSpec spec) {
        spec.topologies().stream()
                .map(Topology::queue)
                .filter(queue -> queue != null && queue.type() != QueueType.CLASSIC)
                .forEach(queue -> control.connection().counted().add(queue.name()));
        var publisher = new RabbitMqPublisher(control.channel(), spec);
        return publisher.start().map(publisher);
    }

    @Override
    public Future<Fetcher> fetcher(Topology topology) {
        var fetcher = new RabbitMqFetcher(control.channel(), topology.queue().name());
        return fetcher.start().map(fetcher);
    }

    @Override
    public Future<QueueDepth> depth(String queue) {
        return depths.ask(queue);
    }

    @Override
    public Future<BrokerTraits> traits() {
        return Future.succeededFuture(control.dialect().traits());
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.succeededFuture(control.dialect().arguments(bounds));
    }

    @Override
    public Future<Existence> inspect(Topology topology) {
        return onChannelOfItsOwn(client -> new TopologyInspection(client).inspect(topology));
    }

    @Override
    public Future<Void> ask(Permission permission) {
        return control.dialect().isRabbitMq()
                ? onChannelOfItsOwn(client -> PermissionProbe.ask(client, permission))
                : Future.succeededFuture();
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(String queue) {
        return control.connection().counted().contains(queue)
                ? deleteIfCountedUnused(queue)
                : deleteIfUnused(queue, MAX_DELETE_ATTEMPTS);
    }

    /**
     * Deletes a quorum queue or a stream if it has no consumer. RabbitMQ deletes these only without a condition, and
     * closes the connection of a client that sets one. So a consumer that begins between the two commands loses the
     * queue, and declares it again.
     */
    private Future<Boolean> deleteIfCountedUnused(String queue) {
        return depths.ask(queue)
                .compose(depth -> {
                    if (streams.contains(queue)) {
                        return Future.failedFuture(new BrokerException(
                                Kind.REFUSED,
                                "stream '" + queue + "' stays: RabbitMQ does not count who reads it. Use rabbitmqctl"
                                        + " delete_queue"));
                    }
                    return depth.consumers() > 0
                            ? Future.succeededFuture(false)
                            : onChannelOfItsOwn(client -> client.queueDelete(queue))
                                    .map(true);
                })
                .recover(failure ->
                        kind(failure) == Kind.NOT_FOUND ? Future.succeededFuture(true) : Future.failedFuture(failure));
    }

    /**
     * Deletes a queue if it has no consumer. Tries again if the connection is lost meanwhile, even if the broker has
     * closed it for a reason: the reason is another command.
     */
    private Future<Boolean> deleteIfUnused(String queue, int attemptsLeft) {
        var deleted = onChannelOfItsOwn(client -> client.queueDeleteIf(queue, true, false));
        return deleted.map(true).recover(failure -> {
            var closed = Causes.find(failure, ShutdownSignalException.class);
            if (closed != null && closed.isHardError()) {
                return attemptsLeft > 1 ? deleteIfUnused(queue, attemptsLeft - 1) : Future.failedFuture(failure);
            }
            return switch (kind(failure)) {
                case MISMATCH -> Future.succeededFuture(false);
                case NOT_FOUND -> Future.succeededFuture(true);
                default -> Future.failedFuture(failure);
            };
        });
    }

    /**
     * Runs a command on a channel that nobody else needs, because a command that the broker refuses closes its channel.
     */
    private <T> Future<T> onChannelOfItsOwn(Function<EventLoopRabbitMQClient, Future<T>> command) {
        var client = control.channel();
        return client.start().compose(ignored -> command.apply(client)).eventually(client::stop);
    }

    private static Kind kind(Throwable failure) {
        return failure instanceof BrokerException known ? known.kind() : Kind.REFUSED;
    }

    @Override
    public Future<Void> close() {
        return control.connection().close();
    }
}
