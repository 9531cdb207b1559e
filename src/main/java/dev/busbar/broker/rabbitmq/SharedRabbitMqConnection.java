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
 * Shares one AMQP connection among several clients, each of which uses a channel: opens the connection with the first
 * client that starts, reconnects, and closes it with the last client that stops. Confined to its event loop.
 */
final class SharedRabbitMqConnection implements ConnectionLife.Actions {

    private static final Logger LOG = CleanLogger.of(SharedRabbitMqConnection.class);
    private static final int CLOSE_TIMEOUT_MILLIS = 500;

    private final Closeable closeHook = this::closeWithContext;
    private final ContextInternal context;
    private final RabbitMqConnectionOpener opener;
    private final String name;
    private final boolean collectsMetrics;
    private final ReconnectPolicy policy;
    private final Writability writability;
    private final SuspectGate suspects;
    private final OutageLog outages;
    private volatile ConnectionLife life;
    private boolean closedForGood;
    private final Set<ClientChannel> clientChannels = new LinkedHashSet<>();
    private List<Promise<Connection>> connectionWaiters = new ArrayList<>();
    private ConnectionAttempt attempt;
    private OpenedConnection opened;
    /** Whether another attempt follows when the first one fails. */
    private final boolean retriesFirstAttempt;

    private boolean everConnected;
    private volatile Throwable lastFailure;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private volatile QpidDifferences dialect = QpidDifferences.COMMON;

    SharedRabbitMqConnection(ContextInternal context, RabbitMQOptions options, ReconnectPolicy policy) {
        this.context = context;
        this.opener = new RabbitMqConnectionOpener(context, options);
        this.name = options.getConnectionName();
        this.collectsMetrics = options.getMetricsCollector() != null;
        this.attempt = ConnectionAttempt.none(context);
        this.policy = policy;
        this.retriesFirstAttempt = options.isAutomaticRecoveryOnInitialConnection();
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
     * Returns why the last attempt failed or the last connection was lost, also after a reconnect; {@code null} if none
     * has.
     */
    Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * Returns why there is no connection at present, as far as is known; {@code null} while there is one. May be called
     * from any thread.
     */
    String obstacle() {
        var failure = lastFailure;
        return life.connected() || failure == null ? null : failure.getMessage();
    }

    /** Closes the connection with all its channels, for good. */
    Future<Void> close() {
        closedForGood = true;
        // A broker that does not answer holds up each channel. The connection closes without the broker's answers, and
        // then the channels end too.
        var channels = Future.join(
                List.copyOf(clientChannels).stream().map(ClientChannel::stop).toList());
        return channels.timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> life.close())
                .transform(ignored -> channels.timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
                .transform(ignored -> Future.succeededFuture());
    }

    /** Returns the broker's reason for taking no publications; {@code null} while it takes them. */
    String blocked() {
        return writability.blocked();
    }

    /** Returns the differences of the broker last connected to. */
    QpidDifferences dialect() {
        return dialect;
    }

    /**
     * Returns the names of queues whose consumers have to be counted before they are deleted. May be changed from any
     * thread.
     */
    Set<String> counted() {
        return counted;
    }

    /**
     * Returns the writer of publish frames for a channel of the present connection. With a metrics collector it leaves
     * all to the Java client, which alone counts what it publishes.
     */
    PublishFrames publishing(Channel channel) {
        return new PublishFrames(
                opened.gatherer(),
                () -> !collectsMetrics && channel.isOpen(),
                channel.getChannelNumber(),
                channel.getConnection().getFrameMax());
    }

    /** Returns whether a publication written now leaves at once. */
    boolean writable() {
        return writability.writable() && suspects.isOpen();
    }

    /** Returns the gate that counts the publications in flight on all channels. */
    SuspectGate suspects() {
        return suspects;
    }

    /** Closes the connection because Vert.x closes or the verticle is undeployed. */
    private void closeWithContext(Completable<Void> done) {
        context.runOnContext(ignored -> close().onComplete(closed -> done.succeed()));
    }

    /** Adds a channel, and opens the connection with the first one, also after the last of earlier ones has left. */
    void join(ClientChannel channel) {
        if (clientChannels.isEmpty() && !context.closeFuture().add(closeHook)) {
            // Vert.x is closing, and would not wait for this connection.
            closedForGood = true;
            life.close();
        }
        clientChannels.add(channel);
        if (life.state() instanceof ConnectionState.Closed && !closedForGood) {
            life = new ConnectionLife(context.owner(), context, policy, this);
            everConnected = false;
        }
        life.open();
    }

    /** Removes a channel, and closes the connection with the last one. */
    Future<Void> leave(ClientChannel channel) {
        clientChannels.remove(channel);
        return clientChannels.isEmpty() ? life.close() : Future.succeededFuture();
    }

    boolean over() {
        return life.state() instanceof ConnectionState.Closed || life.state() instanceof ConnectionState.Closing;
    }

    boolean isAlive() {
        return life.connected() && opened.amqp().isOpen();
    }

    /** Returns how many commands the broker has sent so far. */
    long commandsReceived() {
        return writability.commandsReceived();
    }

    /**
     * Notes that the broker has not answered in time. If the broker has not said anything else either, and does not
     * block the connection for its publications, the connection is given up as useless, though the broker may still
     * keep it alive.
     *
     * @param receivedBefore {@link #commandsReceived} when the broker was asked
     */
    void unanswered(Connection amqp, long receivedBefore, BrokerException cause) {
        if (isAlive()
                && opened.amqp() == amqp
                && blocked() == null
                && commandsReceived() == receivedBefore
                && life.state() instanceof ConnectionState.Connected connected) {
            life.lost(connected.epoch(), cause);
            context.executeBlocking(
                    () -> {
                        amqp.abort(CLOSE_TIMEOUT_MILLIS);
                        return null;
                    },
                    false);
        }
    }

    /** Returns the connection as soon as there is one; fails when there will be none. */
    Future<Connection> whenConnected() {
        // A connection lost just now still counts as connected. The caller waits for the next one, as the reason of
        // the loss is no answer to its request.
        if (isAlive()) {
            return Future.succeededFuture(opened.amqp());
        }
        if (life.state() instanceof ConnectionState.Closed closed) {
            return Future.failedFuture(reason(closed));
        }
        var promise = Promise.<Connection>promise();
        connectionWaiters.add(promise);
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
                || retriesFirstAttempt
                        && (!(failure instanceof BrokerException known)
                                || known.kind().mayPass());
    }

    @Override
    public void changed(ConnectionState from, ConnectionState to) {
        log(from, to);
        if (to instanceof ConnectionState.Connected) {
            everConnected = true;
            settleWaiters(waiter -> waiter.complete(opened.amqp()));
        } else if (from instanceof ConnectionState.Connected) {
            opened = null;
            writability.end();
            List.copyOf(clientChannels).forEach(ClientChannel::connectionLost);
        }
        if (to instanceof ConnectionState.Closed closed) {
            context.removeCloseHook(closeHook);
            settleWaiters(waiter -> waiter.fail(reason(closed)));
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

    private void settleWaiters(Consumer<Promise<Connection>> settle) {
        var settled = connectionWaiters;
        connectionWaiters = new ArrayList<>();
        settled.forEach(settle);
    }

    private void tellWritability() {
        for (var channel : List.copyOf(clientChannels)) {
            channel.writabilityChanged();
        }
    }
}
