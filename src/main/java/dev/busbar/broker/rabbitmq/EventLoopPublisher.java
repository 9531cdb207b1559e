package dev.busbar.broker.rabbitmq;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.ConfirmedSender;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.MessageIds;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.rabbitmq.RabbitMQPublisher;
import io.vertx.rabbitmq.RabbitMQPublisherConfirmation;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;

/**
 * Publishes in order with confirms, a window of messages at a time. Messages unconfirmed when the connection is lost
 * are sent again, under the same message id, after the reconnect. A full queue fails the publish at once.
 */
final class EventLoopPublisher implements RabbitMQPublisher, ConfirmedSender.Wire<EventLoopPublisher.Item> {

    private static final int MAX_UNCONFIRMED_MESSAGES = 1_000;
    private static final int MAX_WAITING_CONFIRMATIONS = 65_536;
    private static final String STOPPED = "the publisher has been stopped";

    /** Holds an outgoing message; {@code sequence} is the publish sequence number of its last sending. */
    static final class Item {
        private final String exchange;
        private final String routingKey;
        private final AMQP.BasicProperties properties;
        private final Buffer body;
        private final Promise<Void> written;
        private final Promise<Long> confirmed;
        private long sequence;

        Item(
                String exchange,
                String routingKey,
                AMQP.BasicProperties properties,
                Buffer body,
                Promise<Void> written,
                Promise<Long> confirmed) {
            this.exchange = exchange;
            this.routingKey = routingKey;
            this.properties = properties;
            this.body = body;
            this.written = written;
            this.confirmed = confirmed;
        }
    }

    private final EventLoopRabbitMQClient client;
    private final MessageIds ids = new MessageIds();
    private final ConfirmQueue<Item> queue;
    private final ConfirmedSender<Item> sender;
    private final PausableStream<RabbitMQPublisherConfirmation> confirmations =
            new PausableStream<>(MAX_WAITING_CONFIRMATIONS, "confirmations");
    private final Runnable pump;
    private final Runnable closed = () -> failAll("the client has been stopped");
    private boolean running;
    /** Complete when a stop is done; {@code null} unless one was requested. */
    private Promise<Void> stopping;

    EventLoopPublisher(EventLoopRabbitMQClient client, RabbitMQPublisherOptions options) {
        this.client = client;
        this.queue = new ConfirmQueue<>(MAX_UNCONFIRMED_MESSAGES, options.getMaxInternalQueueSize(), Long.MAX_VALUE);
        this.sender = new ConfirmedSender<>(queue, this, this::settled);
        this.pump = sender::pump;
    }

    /** Starts the publisher and its client, once a stop of this publisher is done. */
    @Override
    public Future<Void> start() {
        return client.futureOnLoop(() -> (stopping == null ? Future.<Void>succeededFuture() : stopping.future())
                .compose(ignored -> client.start())
                .compose(ignored -> client.confirmSelect())
                .onSuccess(ignored -> started()));
    }

    private void started() {
        stopping = null;
        if (!running) {
            running = true;
            client.publications().onWritable(pump);
            client.publications().onClosed(closed);
        }
        sender.pump();
    }

    /**
     * Accepts no further message, and completes when all messages accepted are confirmed or have failed. The client
     * goes on. A client that is stopped meanwhile, or was never started, fails the remaining messages.
     */
    @Override
    public Future<Void> stop() {
        return client.futureOnLoop(() -> {
            if (stopping == null) {
                stopping = client.context().promise();
            }
            if (!running) {
                failAll(STOPPED);
            }
            endIfEmpty();
            return stopping.future();
        });
    }

    private void endIfEmpty() {
        if (stopping != null && queue.isEmpty()) {
            running = false;
            client.publications().removeOnWritable(pump);
            client.publications().removeOnClosed(closed);
            stopping.tryComplete();
        }
    }

    private void failAll(String reason) {
        queue.drain(item -> fail(item, new BrokerException(Kind.UNREACHABLE, reason)));
        endIfEmpty();
    }

    @Override
    public void restart() {
        start();
    }

    @Override
    public ReadStream<RabbitMQPublisherConfirmation> getConfirmationStream() {
        return confirmations;
    }

    @Override
    public Future<Void> publish(String exchange, String routingKey, BasicProperties properties, Buffer body) {
        var written = client.context().<Void>promise();
        return offered(() -> offer(exchange, routingKey, properties, body, written, null), written);
    }

    @Override
    public Future<Long> publishConfirm(String exchange, String routingKey, BasicProperties properties, Buffer body) {
        var confirmed = client.context().<Long>promise();
        return offered(() -> offer(exchange, routingKey, properties, body, null, confirmed), confirmed);
    }

    /** Returns the future of an offer. Invalid arguments fail it, as later failures do. */
    private static <T> Future<T> offered(Runnable offering, Promise<T> promise) {
        try {
            offering.run();
        } catch (RuntimeException e) {
            promise.fail(e);
        }
        return promise.future();
    }

    private void offer(
            String exchange,
            String routingKey,
            BasicProperties properties,
            Buffer body,
            Promise<Void> written,
            Promise<Long> confirmed) {
        requireNonNull(exchange, "exchange is null");
        requireNonNull(routingKey, "routingKey is null");
        requireNonNull(body, "body is null");
        var identified = ClientPublications.orNone(properties);
        if (identified.getMessageId() == null || identified.getMessageId().isEmpty()) {
            identified = identified.builder().messageId(ids.next()).build();
        }
        var item = new Item(exchange, routingKey, identified, body, written, confirmed);
        client.onLoop(() -> {
            if (stopping != null) {
                fail(item, new BrokerException(Kind.REFUSED, STOPPED));
            } else if (queue.offer(item, body.length()) == null) {
                fail(
                        item,
                        new BrokerException(
                                Kind.LIMIT, "the publisher's queue is full (" + queue.size() + " messages)"));
            } else {
                sender.pump();
            }
        });
    }

    @Override
    public boolean ready() {
        return running && client.isWritable();
    }

    @Override
    public void send(Item item, Handler<PublishOutcome> outcome) {
        item.sequence = client.publications()
                .publishConfirmed(item.exchange, item.routingKey, false, item.properties, item.body, outcome);
        if (item.written != null && item.sequence > 0) {
            item.written.tryComplete();
        }
    }

    private void settled(Item item, PublishOutcome outcome) {
        var succeeded = outcome instanceof PublishOutcome.Confirmed;
        if (!succeeded) {
            fail(item, new BrokerException(Kind.REFUSED, outcome.toString()));
        } else if (item.confirmed != null) {
            item.confirmed.complete(item.sequence);
        }
        confirmations.add(new RabbitMQPublisherConfirmation(item.properties.getMessageId(), item.sequence, succeeded));
        endIfEmpty();
    }

    private static void fail(Item item, BrokerException failure) {
        if (item.confirmed != null) {
            item.confirmed.tryFail(failure);
        } else {
            item.written.tryFail(failure);
        }
    }

    @Override
    public int queueSize() {
        return queue.size() - queue.inFlight();
    }
}
