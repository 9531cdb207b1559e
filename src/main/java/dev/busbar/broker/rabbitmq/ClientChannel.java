package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Method;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionLifecycle;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.ReconnectPolicy;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.rabbitmq.RabbitMQConfirmation;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Keeps the channel of one client through all its sessions: opens it, restores what the client has set up (prefetch,
 * confirms, callbacks, consumers), notices its loss, and opens it again. Confined to the event loop.
 */
final class ClientChannel implements ConnectionLifecycle.Actions {

    /** Observes the channel, and restores what the client has set up. */
    interface Owner {

        /** Sends again what belongs to each new channel, before anything else uses the channel. */
        Future<Void> restore();

        void returned(ReturnedMessage message);

        void confirmed(RabbitMQConfirmation confirmation);

        /** Called when the session is lost, and undelivered messages with it. */
        void sessionLost();

        /**
         * Called when a session was lost together with unconfirmed publications.
         *
         * @param publications the number of publications whose loss nobody has been told of
         */
        void unconfirmed(int publications, String reason);

        /** Called when the channel is closed for good. */
        void closed();

        void writabilityChanged();

        void stateChanged();
    }

    private static final long PIPELINE_TIMEOUT_MILLIS = 20_000;

    private final SharedRabbitMqConnection connection;
    private final ContextInternal context;
    private final ReconnectPolicy policy;
    private final Owner owner;
    private ConnectionLifecycle life;
    private Promise<Void> started;
    private volatile ChannelSession session;
    private long nextTagOffset;
    private boolean everOpen;
    private Future<?> lastCall = Future.succeededFuture();
    private Pipeline pipeline;
    private final ChannelWaiters waiters = new ChannelWaiters();

    ClientChannel(SharedRabbitMqConnection connection, ReconnectPolicy policy, Owner owner) {
        this.connection = connection;
        this.context = connection.context();
        this.policy = policy;
        this.owner = owner;
    }

    /** Returns the session of the open channel; {@code null} while there is none. */
    ChannelSession session() {
        return session;
    }

    ConnectionState state() {
        return life == null ? new ConnectionState.Idle() : life.state();
    }

    /** Opens the channel. Completes once it is open and restored. */
    Future<Void> start() {
        if (life == null || life.state() instanceof ConnectionState.Closed) {
            started = context.promise();
            everOpen = false;
            life = new ConnectionLifecycle(context.owner(), context, policy, this);
            connection.join(this);
            life.open();
        }
        return started.future();
    }

    /** Closes the channel for good and leaves the connection. */
    Future<Void> stop() {
        return life == null ? Future.succeededFuture() : life.close().compose(ignored -> connection.leave(this));
    }

    /** Gives up the present channel and opens another, as after a failure. */
    void renew(Throwable cause) {
        var present = session;
        if (present != null) {
            disconnect(present.epoch());
            life.lost(present.epoch(), cause);
        }
    }

    /** Returns whether the broker has closed the channel, over a command it refused, while the connection lives on. */
    boolean isReopening() {
        return session == null
                && everOpen
                && !(life.state() instanceof ConnectionState.Closing || life.state() instanceof ConnectionState.Closed)
                && connection.isAlive();
    }

    /** Completes when the channel is open again; fails when it cannot be opened, or when the connection is lost too. */
    Future<Void> whenReopened() {
        return waiters.add();
    }

    void connectionLost() {
        waiters.failed(notConnected());
    }

    void writabilityChanged() {
        owner.writabilityChanged();
    }

    /**
     * Runs a command on the present channel, after the commands called before it.
     *
     * @param doing for the error message, e.g. {@code declaring queue 'q'}
     */
    <T> Future<T> call(String doing, ChannelCommands.Command<T> command) {
        var present = session;
        if (present == null) {
            return Future.failedFuture(notConnected());
        }
        var result = lastCall.transform(ignored -> context.executeBlocking(() -> command.on(present.channel()), false))
                .recover(failure -> {
                    if (failure instanceof ChannelContinuationTimeoutException && session == present) {
                        // The answer may still come, and would be taken for that of the next command.
                        renew(RabbitErrors.translate(failure, doing));
                    }
                    return Future.failedFuture(RabbitErrors.translate(failure, doing));
                });
        lastCall = result;
        return result;
    }

    /**
     * Sends requests of class {@code queue} without waiting for one answer before the next request. They go after the
     * commands called before, and before those called later.
     *
     * @param doing describes the request of an index, for its error message
     * @return the answers, in the order of {@code methods}
     */
    List<Future<Void>> callAll(List<? extends Method> methods, IntFunction<String> doing) {
        var called = new Pipeline(context, methods, doing);
        var present = session;
        lastCall = lastCall.transform(ignored -> {
            if (present == null || session != present) {
                called.lost(notConnected());
                return Future.succeededFuture();
            }
            pipeline = called;
            var timer = context.setTimer(PIPELINE_TIMEOUT_MILLIS, id -> {
                if (session == present) {
                    renew(new BrokerException(
                            Kind.UNREACHABLE, "the broker did not answer in time " + doing.apply(methods.size() - 1)));
                }
            });
            return called.send(present.channel())
                    .onComplete(done -> context.owner().cancelTimer(timer));
        });
        return called.answers();
    }

    static BrokerException notConnected() {
        return new BrokerException(
                Kind.UNREACHABLE, "not connected: start() the client, or wait until it has reconnected");
    }

    @Override
    public Future<Void> connect(long epoch) {
        // A client stopped and started again has another life, which this attempt must leave alone.
        var attempting = life;
        return connection
                .whenConnected()
                .compose(amqp -> ChannelOpening.on(amqp, connection))
                .compose(channel -> attempting == life
                        ? restore(channel, epoch)
                        : close(channel).compose(ignored -> Future.failedFuture(notConnected())))
                .recover(failure -> {
                    if (attempting == life) {
                        giveUpHalfRestored();
                    }
                    return attempting == life
                                    && life.state() instanceof ConnectionState.Connecting
                                    && failure instanceof RefusedAdditionException
                            ? connect(epoch)
                            : Future.failedFuture(RabbitErrors.translate(failure, "opening a channel"));
                });
    }

    private void giveUpHalfRestored() {
        var half = session;
        loseSession("the channel could not be restored");
        if (half != null) {
            close(half.channel());
        }
    }

    private Future<Void> restore(Channel channel, long epoch) {
        session = new ChannelSession(
                context,
                channel,
                connection.publishing(channel),
                connection.dialect(),
                connection.suspects(),
                epoch,
                nextTagOffset);
        listen(session);
        return owner.restore()
                .compose(ignored -> channel.isOpen()
                        ? Future.succeededFuture()
                        : Future.failedFuture(RabbitErrors.translate(channel.getCloseReason(), "opening a channel")));
    }

    private void listen(ChannelSession opened) {
        var channel = opened.channel();
        channel.addReturnListener((code, text, exchange, key, properties, body) -> {
            var message = new ReturnedMessage(
                    code, text, exchange, key, properties, BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
            opened.returned(message);
            context.dispatch(message, owner::returned);
        });
        channel.addConfirmListener(
                (tag, multiple) -> confirmed(opened, tag, multiple, true),
                (tag, multiple) -> confirmed(opened, tag, multiple, false));
        channel.addShutdownListener(cause -> context.runOnContext(ignored -> {
            if (session == opened) {
                opened.closedByBroker(RabbitErrors.suspicion(cause));
                life.lost(opened.epoch(), RabbitErrors.translate(cause, RabbitErrors.USING));
            }
        }));
    }

    private void confirmed(ChannelSession opened, long tag, boolean multiple, boolean ack) {
        context.dispatch(null, (Handler<Void>) ignored -> {
            opened.confirmed(tag, multiple, ack);
            owner.confirmed(new RabbitMQConfirmation(opened.epoch(), tag, multiple, ack));
        });
    }

    @Override
    public Future<Void> disconnect(long epoch) {
        var closing = session;
        loseSession("the channel has been closed");
        // A connection that closes takes its channels with it.
        return closing == null || connection.over() ? Future.succeededFuture() : close(closing.channel());
    }

    private Future<Void> close(Channel channel) {
        return context.executeBlocking(
                () -> {
                    channel.abort();
                    return null;
                },
                false);
    }

    @Override
    public boolean mayPass(Throwable failure) {
        return !connection.over()
                && (everOpen
                        || !(failure instanceof BrokerException known)
                        || known.kind().mayPass());
    }

    @Override
    public void changed(ConnectionState from, ConnectionState to) {
        if (to instanceof ConnectionState.Waiting waiting) {
            loseSession(waiting.cause().getMessage());
            if (from instanceof ConnectionState.Connecting) {
                waiters.failed(waiting.cause());
            }
        } else if (to instanceof ConnectionState.Closed closed) {
            loseSession("the client has been stopped");
            waiters.failed(notConnected());
            owner.closed();
            if (closed.cause() != null) {
                connection.leave(this);
            }
        }
        owner.stateChanged();
        owner.writabilityChanged();
        if (to instanceof ConnectionState.Connected) {
            everOpen = true;
            started.tryComplete();
            waiters.opened();
        } else if (to instanceof ConnectionState.Closed closed) {
            started.tryFail(closed.cause() == null ? notConnected() : closed.cause());
        }
    }

    private void loseSession(String reason) {
        var lost = session;
        if (lost != null) {
            session = null;
            if (pipeline != null) {
                pipeline.lost(notConnected());
                pipeline = null;
            }
            nextTagOffset = lost.nextTagOffset();
            owner.sessionLost();
            owner.unconfirmed(lost.lost(reason), reason);
        }
    }
}
