package dev.busbar.broker.rabbitmq;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Method;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.ReconnectPolicy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.streams.ReadStream;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQConfirmation;
import io.vertx.rabbitmq.RabbitMQConsumer;
import io.vertx.rabbitmq.RabbitMQMessage;
import io.vertx.rabbitmq.RabbitMQOptions;
import io.vertx.rabbitmq.RabbitMQPublisher;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Implements {@link io.vertx.rabbitmq.RabbitMQClient} without threads of its own. The connection lives on the event
 * loop of the context that creates the client (on a new one when that context is no event loop). There, frames are read
 * and written, and every handler and future of this client is called. Calls that wait for the broker run on Vert.x's
 * worker pool, in the order made; publishing, acknowledging and consuming never do.
 *
 * <h2>Switching from {@code RabbitMQClient.create}</h2>
 *
 * Replace {@code RabbitMQClient.create(vertx, options)} by {@link #create(Vertx, RabbitMQOptions)}; the options, the
 * interface and its results stay. Replace {@code RabbitMQPublisher.create(vertx, client, options)} by
 * {@link #publisher(RabbitMQPublisherOptions)}.
 *
 * <table>
 *   <caption>What differs on purpose from vertx-rabbitmq-client 5.0</caption>
 *   <tr><th>what</th><th>here</th></tr>
 *   <tr><td>a paused consumer</td><td>keeps messages that arrive; {@code maxInternalQueueSize}, if below 65536, limits
 *       what the broker sends ahead</td></tr>
 *   <tr><td>{@code autoAck}</td><td>acknowledges when the handler has returned</td></tr>
 *   <tr><td>{@code cancel()} of a consumer</td><td>hands over nothing more: messages that the handler has not been
 *       given go back to the queue</td></tr>
 *   <tr><td>a publisher</td><td>sends messages again, in order, that a lost connection left unconfirmed;
 *       {@code publish} fails while its queue is full</td></tr>
 *   <tr><td>{@code waitForConfirms()}</td><td>also fails, once, for messages unconfirmed when their channel was
 *       lost</td></tr>
 *   <tr><td>delivery tags</td><td>are unique over reconnects; to settle a delivery of an earlier connection fails
 *       without harm</td></tr>
 *   <tr><td>TLS</td><td>verifies the broker's certificate and host name unless told otherwise ({@code setTrustAll},
 *       or a {@code hostnameVerificationAlgorithm} of {@code NONE}), also for a URI of {@code amqps:}</td></tr>
 *   <tr><td>reconnecting</td><td>({@code reconnectAttempts}, {@code -1} for ever) starts at {@code
 *       reconnectInterval} and doubles to 3 s, with jitter; {@code automaticRecoveryEnabled}, {@code
 *       networkRecoveryInterval} and {@code nioEnabled} have no meaning</td></tr>
 *   <tr><td>failures</td><td>are {@link BrokerException}s; a {@code null} where a value is needed fails the future,
 *       too</td></tr>
 *   <tr><td>a command the broker refuses</td><td>closes its channel (AMQP 0-9-1 section 1.3.2.1); the channel is
 *       opened again with its consumers, and what is called meanwhile waits for it</td></tr>
 * </table>
 */
public final class EventLoopRabbitMQClient extends ChannelCommands {

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(3);
    private static final Duration FIRST_CHANNEL_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_CHANNEL_BACKOFF = Duration.ofSeconds(1);

    private final ContextInternal context;
    private final SharedRabbitMqConnection connection;
    private final ReconnectPolicy policy;
    private final ClientChannel channel;
    private final List<Handler<Promise<Void>>> establishedCallbacks = new ArrayList<>();
    private final ClientConsumers consumers;
    private final ClientPublications publications;
    private final boolean waitsForChannel;
    private Runnable whenStateChanges = () -> {};

    private EventLoopRabbitMQClient(
            SharedRabbitMqConnection connection, ReconnectPolicy policy, boolean waitsForChannel) {
        this.waitsForChannel = waitsForChannel;
        this.connection = connection;
        this.context = connection.context();
        this.policy = channelPolicy(policy);
        this.channel = new ClientChannel(connection, this.policy, new Owner());
        this.consumers = new ClientConsumers(this, channel);
        this.publications = new ClientPublications(connection, channel);
    }

    /**
     * Makes a client with a connection of its own. The client connects on {@link #start()}.
     *
     * @param vertx the client lives on the event loop of its current context
     * @param options those of vertx-rabbitmq-client
     * @return a client that is not connected yet
     */
    public static EventLoopRabbitMQClient create(Vertx vertx, RabbitMQOptions options) {
        return create(vertx, vertx.getOrCreateContext(), options, policy(options), true);
    }

    /**
     * Makes a client for callers that begin anew with each channel: a command fails at once while there is no channel.
     */
    static EventLoopRabbitMQClient create(
            Vertx vertx, Context caller, RabbitMQOptions options, ReconnectPolicy policy) {
        return create(vertx, caller, options, policy, false);
    }

    private static EventLoopRabbitMQClient create(
            Vertx vertx, Context caller, RabbitMQOptions options, ReconnectPolicy policy, boolean waitsForChannel) {
        var context = caller.isEventLoopContext()
                ? (ContextInternal) caller
                : ((VertxInternal) vertx).createEventLoopContext();
        return new EventLoopRabbitMQClient(
                new SharedRabbitMqConnection(context, options, policy), policy, waitsForChannel);
    }

    /**
     * Returns the backoff between attempts to open a channel: shorter than the connection's, as a channel is cheap to
     * open and the connection has a backoff of its own.
     */
    private static ReconnectPolicy channelPolicy(ReconnectPolicy connecting) {
        return ReconnectPolicy.forever(
                shorter(connecting.initial(), FIRST_CHANNEL_BACKOFF), shorter(connecting.max(), MAX_CHANNEL_BACKOFF));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static ReconnectPolicy policy(RabbitMQOptions options) {
        var initial = Duration.ofMillis(Math.max(1, options.getReconnectInterval()));
        var attempts = options.getReconnectAttempts();
        return new ReconnectPolicy(
                initial,
                initial.compareTo(MAX_BACKOFF) > 0 ? initial : MAX_BACKOFF,
                attempts < 0 ? Integer.MAX_VALUE : attempts);
    }

    /**
     * Makes another client on the same connection, with a channel of its own. It is started and stopped by itself; the
     * connection opens with the first channel and closes with the last.
     *
     * @return a client that is not started yet
     */
    public EventLoopRabbitMQClient channel() {
        return new EventLoopRabbitMQClient(connection, policy, waitsForChannel);
    }

    /**
     * Sets the handler of mandatory messages that come back because no queue took them ({@code basic.return}).
     *
     * @param handler called on the event loop of this client, with each message
     * @return this
     */
    public EventLoopRabbitMQClient returnHandler(Handler<ReturnedMessage> handler) {
        onLoop(() -> publications.returnHandler(handler));
        return this;
    }

    /**
     * Sets the handler of consumers that the broker ends, e.g. because a queue was deleted.
     *
     * @param handler called on the event loop of this client, with a consumer that has ended
     * @return this
     */
    public EventLoopRabbitMQClient cancellationHandler(Handler<RabbitMQConsumer> handler) {
        onLoop(() -> consumers.cancellationHandler(handler));
        return this;
    }

    /**
     * Sets the handler that is called when publishing should pause ({@code false}: not connected, the broker has sent
     * {@code connection.blocked} or {@code channel.flow}, or the socket is full) and when it may go on.
     *
     * @param handler called on the event loop of this client; may get the same value again
     * @return this
     */
    public EventLoopRabbitMQClient writabilityHandler(Handler<Boolean> handler) {
        onLoop(() -> publications.writabilityHandler(handler));
        return this;
    }

    /**
     * Returns whether a message published now leaves at once.
     *
     * @return {@code false} while publishing should pause
     */
    public boolean isWritable() {
        return publications.writable();
    }

    /**
     * Returns the broker's reason for taking no publications ({@code connection.blocked}).
     *
     * @return {@code null} while it takes them
     */
    public String blockedReason() {
        return connection.blocked();
    }

    /**
     * Returns the state of the connection under this channel.
     *
     * @return shared with the other channels of the connection
     */
    public ConnectionState connectionState() {
        return connection.state();
    }

    /**
     * Makes a publisher on this channel that publishes with confirms, and sends unconfirmed messages again after a
     * reconnect.
     *
     * @param options those of vertx-rabbitmq-client
     * @return a publisher that is not started yet
     */
    public RabbitMQPublisher publisher(RabbitMQPublisherOptions options) {
        return new EventLoopPublisher(this, options);
    }

    /** Adds an observer, called on the event loop whenever {@link #isWritable()} may have turned true. */
    void onWritable(Runnable observer) {
        onLoop(() -> publications.onWritable(observer));
    }

    /** Sets the observer that is called on the event loop after each change of {@link #channelState()}. */
    void onChannelState(Runnable observer) {
        onLoop(() -> whenStateChanges = observer);
    }

    /**
     * Gives up the present channel and opens another, as after a failure. Deliveries received on it can no longer be
     * settled.
     */
    void renew(Throwable cause) {
        onLoop(() -> channel.renew(cause));
    }

    BrokerDifferences dialect() {
        return connection.dialect();
    }

    SharedRabbitMqConnection connection() {
        return connection;
    }

    ContextInternal context() {
        return context;
    }

    /** Returns the state of the channel; not started yet counts as idle. Called on the event loop. */
    ConnectionState channelState() {
        return channel.state();
    }

    void onLoop(Runnable task) {
        if (context.inThread()) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /** Runs the task on the event loop. An exception of the task fails the future. */
    <T> Future<T> futureOnLoop(Supplier<Future<T>> task) {
        if (context.inThread()) {
            return runTask(task);
        }
        var promise = context.<T>promise();
        context.runOnContext(ignored -> runTask(task).onComplete(promise));
        return promise.future();
    }

    private <T> Future<T> runTask(Supplier<Future<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException e) {
            return context.failedFuture(e);
        }
    }

    /**
     * Runs the task on the event loop. If the broker has closed the channel and the connection lives, the task waits
     * until the channel is open again.
     */
    private <T> Future<T> onChannel(Supplier<Future<T>> task) {
        return futureOnLoop(() -> waitsForChannel && channel.isReopening()
                ? channel.whenReopened().compose(ignored -> runTask(task))
                : task.get());
    }

    /**
     * Connects and opens the channel.
     *
     * @return completes when the channel is open and every {@link #addConnectionEstablishedCallback callback} is done;
     *     fails when reconnecting is off or cannot help
     */
    @Override
    public Future<Void> start() {
        return futureOnLoop(channel::start);
    }

    /** Closes the channel, and the connection with its last channel. Idempotent. */
    @Override
    public Future<Void> stop() {
        return futureOnLoop(channel::stop);
    }

    @Override
    public void addConnectionEstablishedCallback(Handler<Promise<Void>> callback) {
        requireNonNull(callback, "callback is null");
        onLoop(() -> establishedCallbacks.add(callback));
    }

    @Override
    public Future<Void> restartConnect(int attempts) {
        return start();
    }

    @Override
    public boolean isConnected() {
        return connection.state() instanceof ConnectionState.Connected;
    }

    @Override
    public boolean isOpenChannel() {
        var present = channel.session();
        return present != null && present.channel().isOpen();
    }

    @Override
    <T> Future<T> call(String doing, Command<T> command) {
        return onChannel(() -> channel.call(doing, command));
    }

    /** Sends requests in one go; see {@link ClientChannel#callAll}. Called on the event loop. */
    List<Future<Void>> callAll(List<? extends Method> methods, IntFunction<String> doing) {
        return channel.callAll(methods, doing);
    }

    // Consuming.

    @Override
    public Future<RabbitMQConsumer> basicConsumer(String queue, QueueOptions options) {
        return onChannel(() -> consumers.begin(queue, options));
    }

    ClientConsumers consumers() {
        return consumers;
    }

    @Override
    public Future<RabbitMQMessage> basicGet(String queue, boolean autoAck) {
        return onChannel(() -> {
            // The answer carries the delivery tags of the channel that is asked.
            var present = channel.session();
            return channel.call("getting from queue '" + queue + "'", amqp -> amqp.basicGet(queue, autoAck))
                    .map(got -> got == null
                            ? null
                            : ReceivedMessage.of(
                                    got.getBody(),
                                    null,
                                    present.received(got.getEnvelope()),
                                    got.getProps(),
                                    got.getMessageCount()));
        });
    }

    @Override
    public Future<Void> basicAck(long deliveryTag, boolean multiple) {
        return futureOnLoop(() -> channel.session() == null
                ? Future.failedFuture(ClientChannel.notConnected())
                : channel.session().ack(deliveryTag, multiple));
    }

    @Override
    public Future<Void> basicNack(long deliveryTag, boolean multiple, boolean requeue) {
        return futureOnLoop(() -> channel.session() == null
                ? Future.failedFuture(ClientChannel.notConnected())
                : channel.session().nack(deliveryTag, multiple, requeue));
    }

    /**
     * Rejects a delivery, which goes back into its queue as failed: RabbitMQ 4.3 counts that, and not what
     * {@link #basicNack} requeues.
     */
    Future<Void> basicReject(long deliveryTag) {
        return futureOnLoop(() -> channel.session() == null
                ? Future.failedFuture(ClientChannel.notConnected())
                : channel.session().reject(deliveryTag));
    }

    /**
     * Sets the prefetch as the interface says, as far as the broker has it: RabbitMQ 4.3 answers a {@code global}
     * prefetch as if all were well, applies it to each consumer and not to the channel, and notes an error in its log.
     * Set it per consumer.
     */
    @Override
    public Future<Void> basicQos(int prefetchSize, int prefetchCount, boolean global) {
        return onChannel(() -> consumers.qos(prefetchSize, prefetchCount, global));
    }

    // Publishing.

    ClientPublications publications() {
        return publications;
    }

    @Override
    public Future<Void> basicPublish(String exchange, String routingKey, Buffer body) {
        return basicPublish(exchange, routingKey, new AMQP.BasicProperties(), body);
    }

    @Override
    public Future<Void> basicPublish(String exchange, String routingKey, BasicProperties properties, Buffer body) {
        return basicPublishWithDeliveryTag(exchange, routingKey, properties, body, null);
    }

    /**
     * Publishes without waiting for a confirm: the future completes when the message has been written. A mandatory
     * message that no queue takes comes back to the {@link #returnHandler}.
     *
     * @param exchange the exchange to publish to; empty for the default exchange
     * @param routingKey the key by which the exchange finds queues
     * @param mandatory whether the message comes back if no queue takes it
     * @param properties those of the message
     * @param body the content
     * @return completes when the message has been written
     */
    public Future<Void> basicPublish(
            String exchange, String routingKey, boolean mandatory, BasicProperties properties, Buffer body) {
        return onChannel(() -> publications.publish(exchange, routingKey, mandatory, properties, body, null));
    }

    @Override
    public Future<Void> basicPublishWithDeliveryTag(
            String exchange,
            String routingKey,
            BasicProperties properties,
            Buffer body,
            Handler<Long> deliveryTagHandler) {
        return onChannel(() -> publications.publish(exchange, routingKey, false, properties, body, deliveryTagHandler));
    }

    @Override
    public Future<Void> confirmSelect() {
        return onChannel(publications::confirmSelect);
    }

    /**
     * Returns a stream of confirmations. A paused stream keeps {@code maxQueueSize} of them; one more ends it through
     * its exception handler.
     */
    @Override
    public Future<ReadStream<RabbitMQConfirmation>> addConfirmListener(int maxQueueSize) {
        return onChannel(() -> publications.confirmations(maxQueueSize));
    }

    /**
     * Completes when everything published so far is confirmed. Fails if, since the last call, the broker has refused a
     * message or a channel was lost before its messages were confirmed. Fails, too, before {@link #confirmSelect()}.
     */
    @Override
    public Future<Void> waitForConfirms() {
        return futureOnLoop(publications::whenConfirmed);
    }

    /** Waits as {@link #waitForConfirms()} does, and fails after {@code timeout} milliseconds. */
    @Override
    public Future<Void> waitForConfirms(long timeout) {
        return waitForConfirms().timeout(timeout, TimeUnit.MILLISECONDS);
    }

    private Future<Void> runCallbacks(int index) {
        if (index == establishedCallbacks.size()) {
            return Future.succeededFuture();
        }
        var done = context.<Void>promise();
        establishedCallbacks.get(index).handle(done);
        return done.future().compose(ignored -> runCallbacks(index + 1));
    }

    private final class Owner implements ClientChannel.Owner {

        @Override
        public Future<Void> restore() {
            // Callbacks may consume too; consumers that they start are not to be started twice.
            var earlier = consumers.present();
            return consumers
                    .restoreQos()
                    .compose(ignored -> publications.restoreConfirms())
                    .compose(ignored -> runCallbacks(0))
                    .compose(ignored -> consumers.restore(earlier));
        }

        @Override
        public void returned(ReturnedMessage message) {
            publications.returned(message);
        }

        @Override
        public void confirmed(RabbitMQConfirmation confirmation) {
            publications.confirmed(confirmation);
        }

        @Override
        public void sessionLost() {
            consumers.sessionLost();
        }

        @Override
        public void unconfirmed(int count, String reason) {
            publications.unconfirmed(count, reason);
        }

        @Override
        public void closed() {
            consumers.closed();
            publications.closed();
        }

        @Override
        public void writabilityChanged() {
            publications.tellWritability();
        }

        @Override
        public void stateChanged() {
            whenStateChanges.run();
        }
    }
}
