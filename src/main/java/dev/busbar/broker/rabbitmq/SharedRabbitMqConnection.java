package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionLife;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.SuspectGate;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.OutageLog;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * One AMQP connection that several clients use as channels: it opens with the first that starts, reconnects, and closes
 * with the last that stops. Confined to its event loop.
 */
final class SharedRabbitMqConnection implements ConnectionLife.Actions {

    private static final Logger LOG = CleanLogger.of(SharedRabbitMqConnection.class);
    private static final int CHANNELS_MILLIS = 500;

    private final Closeable closeHook = this::closeWithContext;
    private final ContextInternal context;
    private final RabbitMqConnectionOpener opener;
    private final String name;
    private final boolean observed;
    private final ReconnectPolicy policy;
    private final Writability writability;
    private final SuspectGate suspects;
    private final OutageLog outages;
    private volatile ConnectionLife life;
    private boolean closedForGood;
    private final Set<ClientChannel> tenants = new LinkedHashSet<>();
    private List<Promise<Connection>> awaiting = new ArrayList<>();
    private ConnectionAttempt attempt;
    private OpenedConnection opened;
    /** Whether a first attempt that fails is followed by others. */
    private final boolean recoversAtFirst;

    private boolean everConnected;
    private volatile Throwable lastFailure;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private volatile QpidDifferences dialect = QpidDifferences.COMMON;

    SharedRabbitMqConnection(ContextInternal context, RabbitMQOptions options, ReconnectPolicy policy) {
        this.context = context;
        this.opener = new RabbitMqConnectionOpener(context, options);
        this.name = options.getConnectionName();
        this.observed = options.getMetricsCollector() != null;
        this.attempt = ConnectionAttempt.none(context);
        this.policy = policy;
        this.recoversAtFirst = options.isAutomaticRecoveryOnInitialConnection();
        this.outages = new OutageLog(LOG, name);
        this.writability = new Writability(context, name, this::tellWritability);
        this.suspects = new SuspectGate(() -> context.runOnContext(ignored -> tellWritability()));
        this.life = new ConnectionLife(context.owner(), context, policy, this);
    }

    ContextInternal context() {
        return context;
    }

    ConnectionState state() {
        return life.state();
    }

    /**
     * Why the last attempt failed or the last connection was lost, also after a reconnect; {@code null} if none has.
     */
    Throwable lastFailure() {
        return lastFailure;
    }

    /** Why there is no connection at present, as far as is known; {@code null} while there is one. From any thread. */
    String obstacle() {
        var failure = lastFailure;
        return life.connected() || failure == null ? null : failure.getMessage();
    }

    /** Closes with all its channels, for good. */
    Future<Void> close() {
        closedForGood = true;
        // A broker that does not answer holds up each channel; the connection closes without its answers, and then the
        // channels have them.
        var channels = Future.join(
                List.copyOf(tenants).stream().map(ClientChannel::stop).toList());
        return channels.timeout(CHANNELS_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> life.close())
                .transform(ignored -> channels.timeout(CHANNELS_MILLIS, TimeUnit.MILLISECONDS))
                .transform(ignored -> Future.succeededFuture());
    }

    /** The broker's reason for taking no publications; {@code null} while it takes them. */
    String blocked() {
        return writability.blocked();
    }

    /** What the broker last connected to speaks. */
    QpidDifferences dialect() {
        return dialect;
    }

    /** Names of queues whose consumers have to be counted before they are deleted. From any thread. */
    Set<String> counted() {
        return counted;
    }

    /** How to publish on a channel of the present connection; only the Java client counts what it publishes. */
    PublishFrames publishing(Channel channel) {
        return new PublishFrames(
                opened.gatherer(),
                () -> !observed && channel.isOpen(),
                channel.getChannelNumber(),
                channel.getConnection().getFrameMax());
    }

    /** Whether something written now leaves at once. */
    boolean writable() {
        return writability.writable() && suspects.isOpen();
    }

    /** Counts what is in flight on all channels. */
    SuspectGate suspects() {
        return suspects;
    }

    /** Whoever closes Vert.x, or undeploys the verticle, without closing this. */
    private void closeWithContext(Completable<Void> done) {
        context.runOnContext(ignored -> close().onComplete(closed -> done.succeed()));
    }

    /** Opens with the first tenant, also after the last of earlier ones has left. */
    void join(ClientChannel tenant) {
        if (tenants.isEmpty() && !context.closeFuture().add(closeHook)) {
            // Vert.x is closing, and would not wait for this one.
            closedForGood = true;
            life.close();
        }
        tenants.add(tenant);
        if (life.state() instanceof ConnectionState.Closed && !closedForGood) {
            life = new ConnectionLife(context.owner(), context, policy, this);
            everConnected = false;
        }
        life.open();
    }

    /** Closes with the last tenant. */
    Future<Void> leave(ClientChannel tenant) {
        tenants.remove(tenant);
        return tenants.isEmpty() ? life.close() : Future.succeededFuture();
    }

    boolean over() {
        return life.state() instanceof ConnectionState.Closed || life.state() instanceof ConnectionState.Closing;
    }

    boolean isAlive() {
        return life.connected() && opened.amqp().isOpen();
    }

    /**
     * The broker has not answered in time. If it has not said anything else either, and does not block the connection
     * for what it publishes, the connection is of no use any more, though the broker may still keep it alive.
     *
     * @param since when it was asked
     */
    void unanswered(Connection amqp, long since, BrokerException cause) {
        if (isAlive()
                && opened.amqp() == amqp
                && blocked() == null
                && !writability.heardSince(since)
                && life.state() instanceof ConnectionState.Connected connected) {
            life.lost(connected.epoch(), cause);
            context.executeBlocking(
                    () -> {
                        amqp.abort(CHANNELS_MILLIS);
                        return null;
                    },
                    false);
        }
    }

    /** The connection, as soon as there is one; fails when there will be none. */
    Future<Connection> whenConnected() {
        // One that has just been lost is not yet known to be: what it was closed for is nobody's answer.
        if (isAlive()) {
            return Future.succeededFuture(opened.amqp());
        }
        if (life.state() instanceof ConnectionState.Closed closed) {
            return Future.failedFuture(reason(closed));
        }
        var promise = Promise.<Connection>promise();
        awaiting.add(promise);
        return promise.future();
    }

    @Override
    public Future<Void> connect(long epoch) {
        attempt = opener.open(writability.flowWatch(), writability.socketWatch());
        return attempt.outcome().map(connection -> {
            opened = connection;
            dialect = QpidDifferences.of(connection.amqp().getServerProperties());
            writability.begin(connection);
            watch(connection.amqp(), epoch);
            return null;
        });
    }

    private void watch(Connection connection, long epoch) {
        var watched = life;
        // Calls back at once if it is closed already.
        connection.addShutdownListener(cause -> context.runOnContext(ignored -> watched.lost(epoch, cause)));
    }

    @Override
    public Future<Void> disconnect(long epoch) {
        return attempt.close();
    }

    @Override
    public boolean mayPass(Throwable failure) {
        return everConnected
                || recoversAtFirst
                        && (!(failure instanceof BrokerException known)
                                || known.kind().mayPass());
    }

    @Override
    public void changed(ConnectionState from, ConnectionState to) {
        log(from, to);
        if (to instanceof ConnectionState.Connected) {
            everConnected = true;
            settleAwaiting(waiter -> waiter.complete(opened.amqp()));
        } else if (from instanceof ConnectionState.Connected) {
            opened = null;
            writability.end();
            List.copyOf(tenants).forEach(ClientChannel::connectionLost);
        }
        if (to instanceof ConnectionState.Closed closed) {
            context.removeCloseHook(closeHook);
            settleAwaiting(waiter -> waiter.fail(reason(closed)));
        }
    }

    private void log(ConnectionState from, ConnectionState to) {
        if (to instanceof ConnectionState.Waiting waiting) {
            lastFailure = RabbitErrors.translate(waiting.cause(), RabbitErrors.USING);
            outages.down(
                    lastFailure.getMessage(),
                    "; next attempt in " + waiting.delay().toMillis() + " ms");
        } else if (to instanceof ConnectionState.Closing || to instanceof ConnectionState.Closed) {
            outages.end();
        } else if (to instanceof ConnectionState.Connected) {
            var place = opened.amqp().getAddress().getHostAddress() + ":"
                    + opened.amqp().getPort();
            LOG.debug("{}: connected to {}", name, place);
            outages.up("connected to " + place + (everConnected ? " again" : ""));
        }
    }

    private static Throwable reason(ConnectionState.Closed closed) {
        return closed.cause() != null
                ? closed.cause()
                : new BrokerException(BrokerException.Kind.UNREACHABLE, "the connection has been closed");
    }

    private void settleAwaiting(Consumer<Promise<Connection>> settle) {
        var settled = awaiting;
        awaiting = new ArrayList<>();
        settled.forEach(settle);
    }

    private void tellWritability() {
        for (var tenant : List.copyOf(tenants)) {
            tenant.writabilityChanged();
        }
    }
}
