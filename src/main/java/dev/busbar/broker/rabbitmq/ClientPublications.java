package dev.busbar.broker.rabbitmq;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BasicProperties;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Causes;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import io.vertx.rabbitmq.RabbitMQConfirmation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes for one client, tells it when it may go on publishing, and passes confirms and returns on. Confirms, once
 * requested, are requested again on each new channel. Confined to the event loop.
 */
final class ClientPublications {

    private final SharedRabbitMqConnection connection;
    private final ContextInternal context;
    private final ClientChannel channel;
    private final List<PausableStream<RabbitMQConfirmation>> confirmStreams = new ArrayList<>();
    private final List<Runnable> whenWritable = new ArrayList<>();
    private final List<Runnable> whenClosed = new ArrayList<>();
    private Handler<ReturnedMessage> returnHandler = message -> {};
    private Handler<Boolean> writabilityHandler = writable -> {};
    private boolean confirming;
    /**
     * The failure for publications that were unconfirmed when their channel was lost; {@code null} once somebody has
     * been told.
     */
    private BrokerException unconfirmed;

    ClientPublications(SharedRabbitMqConnection connection, ClientChannel channel) {
        this.connection = connection;
        this.context = connection.context();
        this.channel = channel;
    }

    void returnHandler(Handler<ReturnedMessage> handler) {
        returnHandler = handler == null ? message -> {} : handler;
    }

    void writabilityHandler(Handler<Boolean> handler) {
        writabilityHandler = handler == null ? writable -> {} : handler;
    }

    /** Adds an observer, called whenever {@link #writable()} may have turned true. */
    void onWritable(Runnable observer) {
        whenWritable.add(observer);
    }

    void removeOnWritable(Runnable observer) {
        whenWritable.remove(observer);
    }

    /** Adds an observer, called when the client has been stopped or has given up. */
    void onClosed(Runnable observer) {
        whenClosed.add(observer);
    }

    void removeOnClosed(Runnable observer) {
        whenClosed.remove(observer);
    }

    void closed() {
        List.copyOf(whenClosed).forEach(Runnable::run);
    }

    /** Returns whether a message published now leaves at once. */
    boolean writable() {
        return channel.session() != null && connection.writable();
    }

    void tellWritability() {
        context.dispatch(writable(), writabilityHandler);
        if (writable()) {
            List.copyOf(whenWritable).forEach(Runnable::run);
        }
    }

    /**
     * Publishes without waiting for a confirm. Completes when the message has been written.
     *
     * @param sequenceHandler called with the publish sequence number; may be {@code null}
     */
    Future<Void> publish(
            String exchange,
            String routingKey,
            boolean mandatory,
            BasicProperties properties,
            Buffer body,
            Handler<Long> sequenceHandler) {
        requireNonNull(exchange, "exchange is null");
        requireNonNull(routingKey, "routingKey is null");
        requireNonNull(body, "body is null");
        var present = channel.session();
        if (present == null) {
            return Future.failedFuture(ClientChannel.notConnected());
        }
        try {
            var sequence = present.publish(exchange, routingKey, mandatory, orNone(properties), body, null);
            if (sequenceHandler != null) {
                sequenceHandler.handle(sequence);
            }
            return Future.succeededFuture();
        } catch (IOException | AlreadyClosedException | IllegalArgumentException e) {
            return Future.failedFuture(RabbitErrors.translate(e, "publishing to exchange '" + exchange + "'"));
        }
    }

    /**
     * Publishes with a confirm, once {@link #confirmSelect} has completed.
     *
     * @param outcome called once, after this method has returned
     * @return the publish sequence number; 0 when the message could not be sent
     */
    long publishConfirmed(
            String exchange,
            String routingKey,
            boolean mandatory,
            AMQP.BasicProperties properties,
            Buffer body,
            Handler<PublishOutcome> outcome) {
        var present = channel.session();
        PublishOutcome failure;
        if (present == null || !present.confirming()) {
            failure = new PublishOutcome.Lost(ClientChannel.notConnected().getMessage());
        } else {
            try {
                return present.publish(exchange, routingKey, mandatory, properties, body, outcome);
            } catch (IOException | AlreadyClosedException e) {
                failure = new PublishOutcome.Lost(Causes.rootMessage(e));
            } catch (IllegalArgumentException e) {
                refuse(e, outcome);
                return 0;
            }
        }
        later(failure, outcome);
        return 0;
    }

    /** Reports a message as refused that AMQP 0-9-1 cannot carry and that has not been sent. */
    void refuse(IllegalArgumentException reason, Handler<PublishOutcome> outcome) {
        later(new PublishOutcome.Refused("it cannot be written in AMQP 0-9-1: " + reason.getMessage(), true), outcome);
    }

    private void later(PublishOutcome what, Handler<PublishOutcome> outcome) {
        context.runOnContext(ignored -> outcome.handle(what));
    }

    /** Returns the properties, or empty properties for {@code null}, as the Java client does. */
    static AMQP.BasicProperties orNone(BasicProperties properties) {
        return properties == null ? new AMQP.BasicProperties() : (AMQP.BasicProperties) properties;
    }

    /** Requests confirms, on this channel and on each later one. */
    Future<Void> confirmSelect() {
        confirming = true;
        return restoreConfirms();
    }

    /**
     * Requests confirms on the present channel, if the client has requested them. Sends the bare method, so that the
     * Java client does not count confirms besides this class.
     */
    Future<Void> restoreConfirms() {
        if (!confirming) {
            return Future.succeededFuture();
        }
        var present = channel.session();
        return channel.call("asking for confirms", amqp -> amqp.rpc(new AMQP.Confirm.Select.Builder().build()))
                .map(ignored -> {
                    present.confirming(true);
                    tellWritability();
                    return null;
                });
    }

    Future<ReadStream<RabbitMQConfirmation>> confirmations(int maxQueueSize) {
        var stream = new PausableStream<RabbitMQConfirmation>(maxQueueSize, "confirmations");
        confirmStreams.add(stream);
        return confirmSelect().map(stream);
    }

    /**
     * Completes when everything published so far is confirmed; see {@link EventLoopRabbitMQClient#waitForConfirms()}.
     */
    Future<Void> whenConfirmed() {
        if (!confirming) {
            return Future.failedFuture(new IllegalStateException(
                    "the broker confirms nothing on this channel: call confirmSelect() before publishing"));
        }
        if (unconfirmed != null) {
            var failure = unconfirmed;
            unconfirmed = null;
            return Future.failedFuture(failure);
        }
        return channel.session() == null
                ? Future.failedFuture(ClientChannel.notConnected())
                : channel.session().whenConfirmed();
    }

    /**
     * Keeps the failure that tells of publications unconfirmed when their channel was lost.
     *
     * @param count the number of publications whose loss nobody has been told of
     */
    void unconfirmed(int count, String reason) {
        if (count > 0) {
            unconfirmed = new BrokerException(
                    Kind.UNREACHABLE,
                    count + " messages were not confirmed when their channel was lost (" + reason
                            + "); they may have arrived. Publish them again");
        }
    }

    void confirmed(RabbitMQConfirmation confirmation) {
        confirmStreams.forEach(stream -> stream.add(confirmation));
    }

    void returned(ReturnedMessage message) {
        returnHandler.handle(message);
    }
}
