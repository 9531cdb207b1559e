package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionLife;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.PublishOutcome.Suspicion;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.SuspectGate;
import dev.busbar.config.BrokerConfig;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.OutageLog;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Owns the connection that several subscriptions, publishers and fetchers share, and reconnects until it is closed.
 * Confined to its event loop.
 */
final class SharedAmqp10Connection implements ConnectionLife.Actions {

    private static final Logger LOG = CleanLogger.of(SharedAmqp10Connection.class);
    private static final int CLOSE_TIMEOUT_MILLIS = 1_000;

    private final Closeable closeHook = this::closeWithContext;
    private final ContextInternal context;
    private final Amqp10ConnectionOpener opener;
    private final String name;
    private final ConnectionLife life;
    private final DeliveryProbe probe;
    private final OutageLog outages;
    private final Set<LinkLife> users = new LinkedHashSet<>();
    private List<Promise<Peer>> waiters = new ArrayList<>();
    private Future<Peer> connecting = Future.failedFuture("not asked to connect");
    private volatile Peer peer;
    private final SuspectGate suspects;
    private Suspicion suspicion = Suspicion.NONE;
    private boolean everConnected;
    private volatile Throwable lastFailure;

    SharedAmqp10Connection(ContextInternal context, BrokerConfig config, String name, ReconnectPolicy policy) {
        this.context = context;
        this.opener = new Amqp10ConnectionOpener(context, config, name);
        this.name = name;
        this.suspects = new SuspectGate(
                () -> context.runOnContext(ignored -> List.copyOf(users).forEach(LinkLife::mayPublish)));
        this.outages = new OutageLog(LOG, name);
        this.probe = new DeliveryProbe(context.owner(), config.heartbeat());
        this.life = new ConnectionLife(context.owner(), context, policy, this);
    }

    ContextInternal context() {
        return context;
    }

    ConnectionState state() {
        return life.state();
    }

    /**
     * Returns why the last attempt failed or the last connection was lost; {@code null} if none has. From any thread.
     */
    Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * Returns why there is no connection at present, as far as is known, or why the broker takes nothing over it;
     * {@code null} if neither is so. From any thread.
     */
    String obstacle() {
        var present = peer;
        var failure = lastFailure;
        if (present != null && life.connected()) {
            return present.windows().obstacle();
        }
        return life.connected() || failure == null ? null : failure.getMessage();
    }

    Future<Peer> open() {
        if (!context.closeFuture().add(closeHook)) {
            // Vert.x is closing, and would not wait for this connection to close.
            life.close();
        }
        var connected = whenConnected();
        life.open();
        return connected;
    }

    Future<Void> close() {
        return Future.join(List.copyOf(users).stream().map(LinkLife::stop).toList())
                .timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ignored -> life.close());
    }

    /** Closes the connection when Vert.x is closed, or the verticle undeployed, without a call of {@link #close}. */
    private void closeWithContext(Completable<Void> done) {
        context.runOnContext(ignored -> close().onComplete(closed -> done.succeed()));
    }

    /** Returns the gate that counts the publications in flight in all sessions. */
    SuspectGate suspects() {
        return suspects;
    }

    /** Returns whether the broker has ended the last connection over something that may have been published. */
    Suspicion suspicion() {
        return suspicion;
    }

    void join(LinkLife user) {
        users.add(user);
    }

    void leave(LinkLife user) {
        users.remove(user);
    }

    boolean over() {
        return life.state() instanceof ConnectionState.Closed || life.state() instanceof ConnectionState.Closing;
    }

    /** Whether this is the present connection, so that something can be sent over it. */
    boolean uses(Peer other) {
        return peer == other;
    }

    /** Returns the connection as soon as there is one, or fails when there will be none. */
    Future<Peer> whenConnected() {
        if (life.connected()) {
            return Future.succeededFuture(peer);
        }
        if (life.state() instanceof ConnectionState.Closed closed) {
            return Future.failedFuture(reason(closed));
        }
        var promise = Promise.<Peer>promise();
        waiters.add(promise);
        return promise.future();
    }

    @Override
    public Future<Void> connect(long epoch) {
        connecting = opener.open(cause -> life.lost(epoch, cause));
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
    public boolean mayPass(Throwable failure) {
        return everConnected
                || !(failure instanceof BrokerException known)
                || known.kind().mayPass();
    }

    @Override
    public void changed(ConnectionState from, ConnectionState to) {
        log(from, to);
        if (to instanceof ConnectionState.Connected connected) {
            everConnected = true;
            probe.watch(peer, cause -> hangUp(connected.epoch(), cause));
            peer.onSilence(cause -> hangUp(connected.epoch(), cause));
            settleWaiters(waiter -> waiter.complete(peer));
            if (peer.connection().isDisconnected()) {
                life.lost(connected.epoch(), new BrokerException(Kind.UNREACHABLE, "the connection was lost at once"));
            }
        } else if (from instanceof ConnectionState.Connected && !(to instanceof ConnectionState.Closing)) {
            loseConnection(AmqpErrors.translate(lastFailure, "while using it"));
        }
        if (to instanceof ConnectionState.Closed closed) {
            context.removeCloseHook(closeHook);
            loseConnection(reason(closed));
            settleWaiters(waiter -> waiter.fail(reason(closed)));
        }
    }

    private void hangUp(long epoch, BrokerException cause) {
        if (peer != null) {
            peer.connection().disconnectHandler(ignored -> {});
            peer.connection().disconnect();
        }
        life.lost(epoch, cause);
    }

    private void loseConnection(BrokerException cause) {
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

    private void log(ConnectionState from, ConnectionState to) {
        if (to instanceof ConnectionState.Waiting waiting) {
            lastFailure = waiting.cause();
            outages.down(
                    lastFailure.getMessage(),
                    "; next attempt in " + waiting.delay().toMillis() + " ms");
        } else if (to instanceof ConnectionState.Closing || to instanceof ConnectionState.Closed) {
            outages.end();
        } else if (to instanceof ConnectionState.Connected) {
            LOG.debug(
                    "{}: connected to {}, {}", name, peer.place(), peer.traits().describe());
            outages.up("connected to " + peer.place() + (everConnected ? " again" : ""));
        }
    }

    private static BrokerException reason(ConnectionState.Closed closed) {
        return closed.cause() == null
                ? new BrokerException(Kind.UNREACHABLE, "the connection has been closed")
                : AmqpErrors.translate(closed.cause(), "connecting");
    }

    private void settleWaiters(Consumer<Promise<Peer>> settle) {
        var settled = waiters;
        waiters = new ArrayList<>();
        settled.forEach(settle);
    }
}
