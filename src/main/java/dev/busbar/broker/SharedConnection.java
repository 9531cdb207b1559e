package dev.busbar.broker;

import dev.busbar.log.OutageLog;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Owns the connection that the channels or links of one client share: connects, connects again after each loss, tells
 * those who wait, logs outages, and closes with its verticle or with Vert.x. What a protocol does is left to
 * subclasses. Confined to its event loop.
 *
 * @param <C> the connection of the protocol
 */
public abstract class SharedConnection<C> implements ConnectionLifecycle.Actions {

    private final Closeable closeHook = this::closeWithContext;
    private final ContextInternal context;
    private final String name;
    private final ReconnectPolicy policy;
    private final Logger log;
    private final OutageLog outages;
    /** None until the connection is first used: a constructor does not hand out {@code this}. */
    private volatile ConnectionLifecycle life;

    private List<Promise<C>> waiters = new ArrayList<>();
    private boolean everConnected;
    private volatile Throwable lastFailure;

    /**
     * @param name for log lines
     * @param log of the subclass
     */
    protected SharedConnection(ContextInternal context, String name, ReconnectPolicy policy, Logger log) {
        this.context = context;
        this.name = name;
        this.policy = policy;
        this.log = log;
        this.outages = new OutageLog(log, name);
    }

    /** Closes the connection with all that uses it, for good. */
    public abstract Future<Void> close();

    /** Returns the present connection; meaningful while it is {@link #isAlive}. */
    protected abstract C current();

    /** Returns the host and port that the present connection leads to. */
    protected abstract String address();

    /** Returns the failure as one that a person can act on. */
    protected abstract BrokerException translate(Throwable failure);

    /** Begins to use a new connection. Those who waited for the connection have it already. */
    protected void connected(long epoch) {}

    /** Stops using the connection that is lost or, if {@code to} says so, closed. */
    protected abstract void disconnected(ConnectionState to);

    /** Returns the context of the event loop. */
    public final ContextInternal context() {
        return context;
    }

    protected final String name() {
        return name;
    }

    /** Returns the present state. May be called from any thread. */
    public final ConnectionState state() {
        var present = life;
        return present == null ? new ConnectionState.Idle() : present.state();
    }

    protected final ConnectionLifecycle life() {
        if (life == null) {
            life = new ConnectionLifecycle(context.owner(), context, policy, this);
        }
        return life;
    }

    /** Returns whether the connection can be used: one that has just been lost may still count as connected. */
    public boolean isAlive() {
        return state() instanceof ConnectionState.Connected;
    }

    /** Returns whether the connection is closed for good, or about to be. */
    public final boolean over() {
        return state() instanceof ConnectionState.Closed || state() instanceof ConnectionState.Closing;
    }

    /** Returns whether there has been a connection since the connection was first asked for. */
    protected final boolean everConnected() {
        return everConnected;
    }

    /**
     * Returns why the last attempt failed or the last connection was lost, also after a reconnect; {@code null} if none
     * has. May be called from any thread.
     */
    public final Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * Returns why there is no connection at present, as far as is known; {@code null} while there is one. May be called
     * from any thread.
     */
    public String obstacle() {
        var failure = lastFailure;
        return state() instanceof ConnectionState.Connected || failure == null ? null : failure.getMessage();
    }

    /** Has the connection close with its context. Returns {@code false} if the context does not wait for it. */
    protected final boolean closesWithContext() {
        return context.closeFuture().add(closeHook);
    }

    /** Begins anew after the connection was closed. */
    protected final void revive() {
        life = null;
        everConnected = false;
    }

    /** Returns the connection as soon as there is one, or fails when there will be none. */
    public final Future<C> whenConnected() {
        // A connection lost just now still counts as connected. The caller waits for the next one, as the reason of
        // the loss is no answer to its request.
        if (isAlive()) {
            return Future.succeededFuture(current());
        }
        if (state() instanceof ConnectionState.Closed closed) {
            return Future.failedFuture(reason(closed));
        }
        var promise = Promise.<C>promise();
        waiters.add(promise);
        return promise.future();
    }

    @Override
    public boolean mayPass(Throwable failure) {
        return everConnected
                || !(failure instanceof BrokerException known)
                || known.kind().mayPass();
    }

    @Override
    public final void changed(ConnectionState from, ConnectionState to) {
        log(to);
        if (to instanceof ConnectionState.Connected connected) {
            everConnected = true;
            settleWaiters(waiter -> waiter.complete(current()));
            connected(connected.epoch());
        } else if (from instanceof ConnectionState.Connected) {
            disconnected(to);
        }
        if (to instanceof ConnectionState.Closed closed) {
            context.removeCloseHook(closeHook);
            closed(reason(closed));
            settleWaiters(waiter -> waiter.fail(reason(closed)));
        }
    }

    /** Ends what still uses the connection, which is closed for good. */
    protected void closed(BrokerException reason) {}

    private void closeWithContext(Completable<Void> done) {
        context.runOnContext(ignored -> close().onComplete(closed -> done.succeed()));
    }

    private void log(ConnectionState to) {
        if (to instanceof ConnectionState.Waiting waiting) {
            lastFailure = translate(waiting.cause());
            outages.down(
                    lastFailure.getMessage(),
                    "; next attempt in " + waiting.delay().toMillis() + " ms");
        } else if (to instanceof ConnectionState.Closing || to instanceof ConnectionState.Closed) {
            outages.end();
        } else if (to instanceof ConnectionState.Connected) {
            var address = address();
            log.debug("{}: connected to {}", name, address);
            outages.up("connected to " + address + (everConnected ? " again" : ""));
        }
    }

    private BrokerException reason(ConnectionState.Closed closed) {
        return closed.cause() == null
                ? new BrokerException(BrokerException.Kind.UNREACHABLE, "the connection has been closed")
                : translate(closed.cause());
    }

    private void settleWaiters(Consumer<Promise<C>> settle) {
        var settled = waiters;
        waiters = new ArrayList<>();
        settled.forEach(settle);
    }
}
