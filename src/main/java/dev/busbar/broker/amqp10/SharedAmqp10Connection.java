package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.PoisonMessageGate;
import dev.busbar.broker.PublishOutcome.Suspicion;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.SharedConnection;
import dev.busbar.config.BrokerConfig;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Shares one AMQP 1.0 connection among several subscriptions, publishers and fetchers. Confined to its event loop. */
final class SharedAmqp10Connection extends SharedConnection<Peer> {

    private static final Logger LOG = CleanLogger.of(SharedAmqp10Connection.class);
    private static final int CLOSE_TIMEOUT_MILLIS = 1_000;

    private final Amqp10ConnectionOpener opener;
    private final DeliveryProbe probe;
    private final Set<LinkLifecycle> users = new LinkedHashSet<>();
    private Future<Peer> connecting = Future.failedFuture("not asked to connect");
    private volatile Peer peer;
    private final PoisonMessageGate suspects;
    private Suspicion suspicion = Suspicion.NONE;

    SharedAmqp10Connection(ContextInternal context, BrokerConfig config, String name, ReconnectPolicy policy) {
        super(context, name, policy, LOG);
        this.opener = new Amqp10ConnectionOpener(context, config, name);
        this.suspects = new PoisonMessageGate(
                () -> context.runOnContext(ignored -> List.copyOf(users).forEach(LinkLifecycle::mayPublish)));
        this.probe = new DeliveryProbe(context.owner(), config.heartbeat());
    }

    /**
     * Returns why there is no connection at present, as far as is known, or why the broker takes nothing over it;
     * {@code null} if neither is so. From any thread.
     */
    @Override
    public String obstacle() {
        var present = peer;
        return present != null && isAlive() ? present.windows().obstacle() : super.obstacle();
    }

    Future<Peer> open() {
        if (!closesWithContext()) {
            // Vert.x is closing, and would not wait for this connection to close.
            life().close();
        }
        var connected = whenConnected();
        life().open();
        return connected;
    }

    @Override
    public Future<Void> close() {
        return Future.join(List.copyOf(users).stream().map(LinkLifecycle::stop).toList())
                .timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> life().close());
    }

    /** Returns the gate that counts the publications in flight in all sessions. */
    PoisonMessageGate suspects() {
        return suspects;
    }

    /** Returns whether the broker has ended the last connection over something that may have been published. */
    Suspicion suspicion() {
        return suspicion;
    }

    void join(LinkLifecycle user) {
        users.add(user);
    }

    void leave(LinkLifecycle user) {
        users.remove(user);
    }

    /** Returns whether this is the present connection, so that something can be sent over it. */
    boolean uses(Peer other) {
        return peer == other;
    }

    @Override
    public Future<Void> connect(long epoch) {
        connecting = opener.open(cause -> life().lost(epoch, cause));
        return connecting.map(opened -> {
            peer = opened;
            return null;
        });
    }

    @Override
    public Future<Void> disconnect(long epoch) {
        opener.giveUp();
        return connecting.transform(result -> result.failed()
                ? Future.<Void>succeededFuture()
                : opener.close(result.result().connection()));
    }

    @Override
    protected Peer current() {
        return peer;
    }

    @Override
    protected String address() {
        return peer.hostAndPort();
    }

    @Override
    protected BrokerException translate(Throwable failure) {
        return AmqpErrors.translate(failure, "while using it");
    }

    @Override
    protected void connected(long epoch) {
        LOG.debug("{}: {}", name(), peer.traits().describe());
        probe.watch(peer, cause -> hangUp(epoch, cause));
        peer.onSilence(cause -> hangUp(epoch, cause));
        if (peer.connection().isDisconnected()) {
            life().lost(epoch, new BrokerException(Kind.UNREACHABLE, "the connection was lost at once"));
        }
    }

    @Override
    protected void disconnected(ConnectionState to) {
        // Closing, the connection is used until it is closed.
        if (!(to instanceof ConnectionState.Closing)) {
            lose(translate(lastFailure()));
        }
    }

    @Override
    protected void closed(BrokerException reason) {
        lose(reason);
    }

    private void hangUp(long epoch, BrokerException cause) {
        // What is said of an earlier connection must not end the present one.
        if (state() instanceof ConnectionState.Connected connected && connected.epoch() == epoch) {
            peer.connection().disconnectHandler(ignored -> {});
            peer.connection().disconnect();
        }
        life().lost(epoch, cause);
    }

    private void lose(BrokerException cause) {
        probe.end();
        var lost = peer;
        peer = null;
        suspicion = lost != null && lost.endedOverError() ? Suspicion.CONNECTION : Suspicion.NONE;
        if (suspicion == Suspicion.CONNECTION) {
            suspects.connectionEnded();
        }
        if (lost != null) {
            lost.lost(cause);
        }
        List.copyOf(users).forEach(user -> user.connectionLost(cause));
    }
}
