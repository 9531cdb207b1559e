package dev.busbar.delivery;

import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.ConfirmedSender;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;

/**
 * Publishes the messages that Busbar itself sends to the broker: dead letters, parked and delayed messages, replies and
 * positions. One publisher serves all routes of a verticle instance. Messages that a lost connection leaves unconfirmed
 * are sent again.
 */
public final class ConfirmedPublisher implements ConfirmedSender.Wire<ConfirmedPublisher.Item> {

    private static final int CONFIRM_WINDOW = 1_000;
    private static final int MAX_MESSAGES = 65_536;
    private static final long MAX_BYTES = 256L << 20;
    private static final long MIN_REDECLARE_NANOS = 2_000_000_000L;

    record Item(BridgeMessage message, boolean mandatory, Promise<PublishOutcome> outcome) {}

    /** {@code null} until it is open. */
    private Publisher publisher;

    private final ConfirmQueue<Item> queue = new ConfirmQueue<>(CONFIRM_WINDOW, MAX_MESSAGES, MAX_BYTES);
    private final ConfirmedSender<Item> sender;
    private long declaredNanos = System.nanoTime() - MIN_REDECLARE_NANOS;

    /** Makes one whose messages wait until {@link #open} is called. */
    public ConfirmedPublisher() {
        this.sender = new ConfirmedSender<>(
                queue, this, (item, outcome) -> item.outcome().complete(outcome));
    }

    public ConfirmedPublisher(Publisher publisher) {
        this();
        open(publisher);
    }

    /** Begins to send over a publisher. To be called once, on the event loop. */
    public void open(Publisher opened) {
        publisher = opened;
        publisher.onReady(sender::pump);
        sender.pump();
    }

    /**
     * Publishes a message. To be called on the event loop.
     *
     * @return the outcome; {@code Refused} when too many messages wait already
     */
    public Future<PublishOutcome> send(BridgeMessage message, boolean mandatory) {
        var item = new Item(message, mandatory, Promise.promise());
        if (queue.offer(item, MessageSize.of(message)) == null) {
            return Future.succeededFuture(new PublishOutcome.Refused("too many messages wait to be sent back"));
        }
        sender.pump();
        return item.outcome().future();
    }

    /**
     * Declares the publisher's queues and exchanges again, because one of them is gone; at most once in two seconds.
     * Messages in flight are sent again.
     */
    public void declareAgain(String why) {
        var now = System.nanoTime();
        if (publisher != null && now - declaredNanos > MIN_REDECLARE_NANOS) {
            declaredNanos = now;
            publisher.declareAgain(why);
        }
    }

    @Override
    public boolean ready() {
        return publisher != null && publisher.ready();
    }

    @Override
    public void send(Item item, Handler<PublishOutcome> outcome) {
        publisher.publish(item.message(), item.mandatory(), outcome);
    }
}
