package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionLifecycle;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.ReconnectPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonSession;

/**
 * Keeps the links of one subscription, publisher or fetcher attached through all their sessions: has them attached,
 * notices their loss, and has them attached again. Confined to the event loop.
 */
final class LinkLifecycle implements ConnectionLifecycle.Actions {

    /** The subscription, publisher or fetcher whose links they are. */
    interface Owner {

        /** Declares the topology and attaches the links, in a session that nobody else uses. */
        Future<Void> attach(Session session);

        /**
         * Called when nothing that was attached is attached any more.
         *
         * @param byBroker whether the broker has ended just these links, for a reason of its own
         */
        void detached(String reason, boolean byBroker);

        /** Called when the state of the links has changed. */
        void stateChanged();

        /** Returns the failure of an attempt to attach as the links' owner reports it. */
        default Throwable explained(Throwable failure) {
            return failure;
        }

        /** Called when a publication may be sent that had to wait for what other publishers had in flight. */
        default void mayPublish() {}
    }

    /** One session, from its begin to its loss. */
    final class Session {
        private final long epoch;
        private final Peer peer;
        private final Promise<Void> attached = context.promise();
        private ProtonSession proton;

        private Session(long epoch, Peer peer) {
            this.epoch = epoch;
            this.peer = peer;
        }

        Peer peer() {
            return peer;
        }

        ProtonSession proton() {
            return proton;
        }

        boolean present() {
            return session == this;
        }

        /**
         * Ends the session because the broker has ended it, or because it is given up, and begins another, as after a
         * failure.
         */
        void lost(BrokerException cause) {
            lost(cause, true);
        }

        /** Ends the session for a reason on this side, gives its unsettled deliveries back, and begins another one. */
        void giveUp(BrokerException cause) {
            lost(cause, false);
        }

        private void lost(BrokerException cause, boolean byBroker) {
            if (present()) {
                endSession(cause.getMessage(), byBroker);
                attached.tryFail(cause);
                life.lost(epoch, cause);
            }
        }

        private Future<Void> attach() {
            peer.begin(this::lost)
                    .compose(begun -> {
                        proton = begun;
                        return present()
                                ? owner.attach(this)
                                : peer.end(begun).transform(ignored -> Future.failedFuture(linkClosed()));
                    })
                    .onComplete(attached::tryComplete, attached::tryFail);
            return attached.future();
        }
    }

    private final SharedAmqp10Connection connection;
    private final ContextInternal context;
    private final ReconnectPolicy policy;
    private final Owner owner;
    private ConnectionLifecycle life;
    private Promise<Void> started;
    private Session session;
    private boolean everAttached;

    LinkLifecycle(SharedAmqp10Connection connection, ReconnectPolicy policy, Owner owner) {
        this.connection = connection;
        this.context = connection.context();
        this.policy = policy;
        this.owner = owner;
    }

    ContextInternal context() {
        return context;
    }

    SharedAmqp10Connection connection() {
        return connection;
    }

    /** Returns the present session; {@code null} while there is none. */
    Session session() {
        return session;
    }

    ConnectionState state() {
        return life == null ? new ConnectionState.Idle() : life.state();
    }

    boolean attached() {
        return life != null && life.connected();
    }

    /** Begins to attach, once. Completes when all links are attached, or fails when they cannot be. */
    Future<Void> start() {
        started = context.promise();
        life = new ConnectionLifecycle(context.owner(), context, policy, this);
        connection.join(this);
        life.open();
        return started.future();
    }

    Future<Void> stop() {
        return life == null ? Future.succeededFuture() : life.close().onComplete(ignored -> connection.leave(this));
    }

    void mayPublish() {
        owner.mayPublish();
    }

    /** Ends the session because the connection is lost, and with it the links. */
    void connectionLost(BrokerException cause) {
        if (session != null) {
            session.lost(cause, false);
        }
    }

    @Override
    public Future<Void> connect(long epoch) {
        return connection.whenConnected().compose(peer -> {
            if (life.state() instanceof ConnectionState.Closing || life.state() instanceof ConnectionState.Closed) {
                return Future.failedFuture(linkClosed());
            }
            var begun = new Session(epoch, peer);
            session = begun;
            return begun.attach().recover(failure -> {
                if (begun.present()) {
                    endSession("it could not be attached", false);
                }
                return Future.failedFuture(owner.explained(AmqpErrors.translate(failure, "attaching")));
            });
        });
    }

    private static BrokerException linkClosed() {
        return new BrokerException(Kind.UNREACHABLE, "the link has been closed");
    }

    private Future<Void> endSession(String reason, boolean byBroker) {
        var ending = session;
        session = null;
        owner.detached(reason, byBroker);
        if (ending == null || ending.proton == null || !connection.uses(ending.peer)) {
            return Future.succeededFuture();
        }
        return ending.peer.end(ending.proton);
    }

    @Override
    public Future<Void> disconnect(long epoch) {
        if (session == null || session.epoch != epoch) {
            return Future.succeededFuture();
        }
        session.attached.tryFail(linkClosed());
        return endSession("it has been closed", false);
    }

    @Override
    public boolean mayPass(Throwable failure) {
        return !connection.over()
                && (everAttached
                        || !(failure instanceof BrokerException known)
                        || known.kind().mayPass());
    }

    @Override
    public void changed(ConnectionState from, ConnectionState to) {
        if (to instanceof ConnectionState.Closed closed && closed.cause() != null) {
            connection.leave(this);
        }
        owner.stateChanged();
        if (to instanceof ConnectionState.Connected) {
            everAttached = true;
            started.tryComplete();
        } else if (to instanceof ConnectionState.Closed closed) {
            started.tryFail(closed.cause() == null ? linkClosed() : closed.cause());
        }
    }
}
