package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.PoisonMessageGate;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.SharedConnection;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Shares one AMQP connection among several clients, each of which uses a channel: opens the connection with the first
 * client that starts, reconnects, and closes it with the last client that stops. Confined to its event loop.
 */
final class SharedRabbitMqConnection extends SharedConnection<Connection> {

    private static final Logger LOG = CleanLogger.of(SharedRabbitMqConnection.class);
    private static final int CLOSE_TIMEOUT_MILLIS = 500;

    private final RabbitMqConnectionOpener opener;
    private final boolean collectsMetrics;
    private final Writability writability;
    private final PoisonMessageGate suspects;
    private boolean closedForGood;
    private final Set<ClientChannel> clientChannels = new LinkedHashSet<>();
    private ConnectionAttempt attempt;
    private OpenedConnection opened;
    /** Whether another attempt follows when the first one fails. */
    private final boolean retriesFirstAttempt;

    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private volatile BrokerDifferences dialect = BrokerDifferences.COMMON;

    SharedRabbitMqConnection(ContextInternal context, RabbitMQOptions options, ReconnectPolicy policy) {
        super(context, options.getConnectionName(), policy, LOG);
        this.opener = new RabbitMqConnectionOpener(context, options);
        this.collectsMetrics = options.getMetricsCollector() != null;
        this.attempt = ConnectionAttempt.none(context);
        this.retriesFirstAttempt = options.isAutomaticRecoveryOnInitialConnection();
        this.writability = new Writability(context, name(), this::tellWritability);
        this.suspects = new PoisonMessageGate(() -> context.runOnContext(ignored -> tellWritability()));
    }

    /** Closes the connection with all its channels, for good. */
    @Override
    public Future<Void> close() {
        closedForGood = true;
        // A broker that does not answer holds up each channel. The connection closes without the broker's answers, and
        // then the channels end too.
        var channels = Future.join(
                List.copyOf(clientChannels).stream().map(ClientChannel::stop).toList());
        return channels.timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> life().close())
                .transform(ignored -> channels.timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
                .transform(ignored -> Future.succeededFuture());
    }

    /** Returns the broker's reason for taking no publications; {@code null} while it takes them. */
    String blocked() {
        return writability.blocked();
    }

    /** Returns the differences of the broker last connected to. */
    BrokerDifferences dialect() {
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
    PoisonMessageGate suspects() {
        return suspects;
    }

    /** Adds a channel, and opens the connection with the first one, also after the last of earlier ones has left. */
    void join(ClientChannel channel) {
        if (clientChannels.isEmpty() && !closesWithContext()) {
            // Vert.x is closing, and would not wait for this connection.
            closedForGood = true;
            life().close();
        }
        clientChannels.add(channel);
        if (state() instanceof ConnectionState.Closed && !closedForGood) {
            revive();
        }
        life().open();
    }

    /** Removes a channel, and closes the connection with the last one. */
    Future<Void> leave(ClientChannel channel) {
        clientChannels.remove(channel);
        return clientChannels.isEmpty() ? life().close() : Future.succeededFuture();
    }

    @Override
    public boolean isAlive() {
        return super.isAlive() && opened.amqp().isOpen();
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
                && state() instanceof ConnectionState.Connected connected) {
            life().lost(connected.epoch(), cause);
            context()
                    .executeBlocking(
                            () -> {
                                amqp.abort(CLOSE_TIMEOUT_MILLIS);
                                return null;
                            },
                            false);
        }
    }

    @Override
    public Future<Void> connect(long epoch) {
        attempt = opener.open(writability.flowWatch(), writability.socketWatch());
        return attempt.outcome().map(connection -> {
            opened = connection;
            dialect = BrokerDifferences.of(connection.amqp().getServerProperties());
            writability.begin(connection);
            watch(connection.amqp(), epoch);
            return null;
        });
    }

    private void watch(Connection connection, long epoch) {
        var watched = life();
        // Calls back at once if it is closed already.
        connection.addShutdownListener(cause -> context().runOnContext(ignored -> watched.lost(epoch, cause)));
    }

    @Override
    public Future<Void> disconnect(long epoch) {
        return attempt.close();
    }

    @Override
    public boolean mayPass(Throwable failure) {
        return everConnected() || retriesFirstAttempt && super.mayPass(failure);
    }

    @Override
    protected Connection current() {
        return opened.amqp();
    }

    @Override
    protected String address() {
        return opened.amqp().getAddress().getHostAddress() + ":" + opened.amqp().getPort();
    }

    @Override
    protected BrokerException translate(Throwable failure) {
        return RabbitErrors.translate(failure, RabbitErrors.USING);
    }

    @Override
    protected void disconnected(ConnectionState to) {
        opened = null;
        writability.end();
        List.copyOf(clientChannels).forEach(ClientChannel::connectionLost);
    }

    private void tellWritability() {
        for (var channel : List.copyOf(clientChannels)) {
            channel.writabilityChanged();
        }
    }
}
