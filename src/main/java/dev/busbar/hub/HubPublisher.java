package dev.busbar.hub;

import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ProducingConfig;
import dev.busbar.delivery.PublishBuffer;
import dev.busbar.delivery.SendFailure;
import dev.busbar.delivery.TooLargeException;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Publishes what this node produces: messages are encoded on the producer's thread, passed to the hub's event loop in
 * batches, and published there within the confirm window. Their number and size are bounded from the moment
 * {@link #produce} takes them.
 */
final class HubPublisher implements PublishBuffer.Outlet<PendingPublish> {

    private static final Logger LOG = CleanLogger.of(HubPublisher.class);

    private final Context home;
    private final BooleanSupplier consumerRecovering;
    private final BusbarConfig config;
    private final ProducingConfig bounds;
    private final PayloadCodec codec;
    private final MessageIds ids = new MessageIds();
    private final BufferQuota quota;
    private final Queue<PendingPublish> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final HeldMessages held = new HeldMessages();
    private final ConfirmQueue<PendingPublish> queue;
    private final PublishBuffer<PendingPublish> buffer;
    private final ThrottledLog warnings = new ThrottledLog(LOG, Level.WARN, "producing");
    private final LongAdder produced = new LongAdder();
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Publisher publisher;
    private volatile boolean closed;

    /**
     * @param consumerRecovering whether the hub's consumer is away, so that this node's listeners would miss messages
     */
    HubPublisher(Vertx vertx, Context home, BusbarConfig config, BooleanSupplier consumerRecovering) {
        this.consumerRecovering = consumerRecovering;
        this.home = home;
        this.config = config;
        this.bounds = config.subscriptions().producing();
        this.codec = new PayloadCodec(config.datetimes(), config.broker().maxMessageBytes());
        this.quota = new BufferQuota(bounds);
        this.queue = new ConfirmQueue<>(bounds.inFlight(), bounds.messages(), bounds.bytes());
        this.buffer = new PublishBuffer<>(vertx, queue, bounds.timeout(), this);
    }

    void start(Publisher opened) {
        publisher = opened;
        publisher.onReady(buffer::pump);
        buffer.watchDeadlines();
    }

    /**
     * Produces a message, as {@link Hub#produce}. From any thread.
     *
     * @param listeners the subscriptions that have to be live before it is sent; {@code null} if it need not wait
     */
    Future<Void> produce(RoutingKey key, Object body, MultiMap headers, HubClient.AwaitedSubscriptions listeners) {
        produced.increment();
        if (closed) {
            return refused(SendFailure.STOPPED, "producing has been stopped");
        }
        BridgeMessage message;
        try {
            message = encode(key, body, headers);
        } catch (IllegalArgumentException e) {
            return refused(SendFailure.UNREADABLE, "key '" + key + "': " + e.getMessage());
        } catch (RuntimeException e) {
            // Whatever the own objects of a sender throw reaches the sender as a failed future.
            return refused(SendFailure.UNREADABLE, "key '" + key + "': " + e);
        }
        var bytes = MessageSize.of(message);
        if (!quota.take(bytes)) {
            var why = obstacle();
            return refused(
                    SendFailure.BUFFER_FULL,
                    "key '" + key + "': the buffer subscriptions.producing is full (" + quota + ")"
                            + (why == null ? "" : " because " + why));
        }
        var pending = new PendingPublish(
                message, bytes, System.nanoTime() + bounds.timeout().toNanos(), listeners, promise());
        inbox.add(pending);
        if (scheduled.compareAndSet(false, true)) {
            home.runOnContext(ignored -> emptyInbox());
        }
        return pending.outcome().future();
    }

    private BridgeMessage encode(RoutingKey key, Object body, MultiMap headers) {
        var encoded = codec.encode(body, headers);
        var maxBytes = config.broker().maxMessageBytes();
        if (encoded.body().length() > maxBytes) {
            throw new TooLargeException(encoded.body().length(), maxBytes);
        }
        var properties = BusHeaders.fromBus(headers, encoded.contentType(), ids.next(), true);
        return new BridgeMessage(config.exchange().name(), key.toString(), properties, encoded.body());
    }

    private Future<Void> refused(SendFailure failure, String reason) {
        failed.increment();
        return Future.failedFuture(PendingPublish.failure(failure, reason));
    }

    /** Makes a promise that completes on the producer's context. */
    private static Promise<Void> promise() {
        var context = (ContextInternal) Vertx.currentContext();
        return context == null ? Promise.promise() : context.promise();
    }

    private void emptyInbox() {
        scheduled.set(false);
        for (var message = inbox.poll(); message != null; message = inbox.poll()) {
            if (closed || !held.keep(message)) {
                enqueue(message);
            }
        }
        buffer.pump();
    }

    private void enqueue(PendingPublish message) {
        if (closed || queue.offer(message, message.bytes()) == null) {
            quota.giveBack(message.bytes());
            count(message.failed(SendFailure.STOPPED, "producing has been stopped; the message was not sent"));
        }
    }

    /** Sends the messages of a client that need not wait any longer for its subscriptions. From any thread. */
    void release(HubClient client) {
        home.runOnContext(ignored -> {
            held.release(client, this::enqueue);
            buffer.pump();
        });
    }

    /** Warns that a subscription does not hold back messages any longer. From any thread. */
    void waitedTooLong(long millis) {
        home.runOnContext(ignored -> warnings.add("a subscription is not live after " + millis
                + " ms; what its client has produced since is not held back for it any longer"));
    }

    private void count(boolean newlyFailed) {
        if (newlyFailed) {
            failed.increment();
        }
    }

    /** After an outage the consumer comes back first: the listeners here have been promised what is produced here. */
    @Override
    public boolean ready() {
        return publisher.ready() && !consumerRecovering.getAsBoolean();
    }

    /** The hub's consumer is back: sends what has waited for it. */
    void resume() {
        if (publisher != null) {
            buffer.pump();
        }
    }

    /** Not mandatory, because nobody need listen. */
    @Override
    public void send(PendingPublish message, Handler<PublishOutcome> outcome) {
        publisher.publish(message.message(), false, outcome);
    }

    @Override
    public void confirmed(PendingPublish message) {
        quota.giveBack(message.bytes());
        if (message.outcome().tryComplete()) {
            confirmed.increment();
        }
    }

    @Override
    public void failed(PendingPublish message, SendFailure failure, String reason) {
        quota.giveBack(message.bytes());
        fail(message, failure, reason);
    }

    @Override
    public void timedOut(PendingPublish message, boolean sent, String reason) {
        if (!sent) {
            quota.giveBack(message.bytes());
        }
        fail(message, SendFailure.TIMED_OUT, reason);
    }

    private void fail(PendingPublish message, SendFailure failure, String reason) {
        var told = "key '" + message.message().routingKey() + "': " + reason;
        count(message.failed(failure, told));
        warnings.add(told);
    }

    /** Takes no more messages, and gives those on their way until the deadline. On the hub's event loop. */
    Future<Void> close(Duration deadline) {
        if (publisher == null) {
            closed = true;
            return Future.succeededFuture();
        }
        emptyInbox();
        held.releaseAll(this::enqueue);
        closed = true;
        buffer.pump();
        return buffer.flush(deadline);
    }

    @Override
    public void notFlushed(int messages, int sent) {
        LOG.error("producing: {} messages were not confirmed before the stop", messages);
    }

    @Override
    public void givenUp(PendingPublish message) {
        quota.giveBack(message.bytes());
        count(message.failed(SendFailure.STOPPED, "producing has been stopped; the message may have arrived"));
    }

    /** Returns what keeps messages from being sent; {@code null} while nothing does. */
    @Override
    public String obstacle() {
        return publisher == null ? "starting" : publisher.obstacle();
    }

    long producedCount() {
        return produced.sum();
    }

    long confirmedCount() {
        return confirmed.sum();
    }

    long failedCount() {
        return failed.sum();
    }

    int waiting() {
        return quota.messages();
    }
}
