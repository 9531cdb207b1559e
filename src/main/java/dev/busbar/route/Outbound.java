package dev.busbar.route;

import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.ReplyMode;
import dev.busbar.config.WhenFull;
import dev.busbar.delivery.PublishBuffer;
import dev.busbar.delivery.SendFailure;
import dev.busbar.delivery.Timeouts;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * An outbound route, from the event bus to the broker: encodes messages, buffers and publishes them, and tells each
 * sender the outcome. A message is done when the broker has confirmed it.
 */
final class Outbound implements Route, PublishBuffer.Outlet<OutboundMessage> {

    private static final Logger LOG = CleanLogger.of(Outbound.class);
    private static final Duration CLOSE_DEADLINE = Duration.ofMillis(250);

    private final OutboundRoute config;
    private final RouteContext shared;
    private final OutboundEncoder encoder;
    private final ConfirmQueue<OutboundMessage> queue;
    private final PublishBuffer<OutboundMessage> buffer;
    private final RouteCounts counts = new RouteCounts();
    private final ThrottledLog warnings;
    private Publisher publisher;
    private ReplyReceiver replies;
    private MessageConsumer<Object> consumer;
    private volatile boolean stopped;

    Outbound(OutboundRoute config, RouteContext shared) {
        this.config = config;
        this.shared = shared;
        this.encoder = new OutboundEncoder(config, shared.codec(), shared.ids());
        this.queue = new ConfirmQueue<>(
                config.inFlight(), config.buffer().messages(), config.buffer().bytes());
        this.buffer = new PublishBuffer<>(shared.vertx(), queue, config.timeout(), this);
        this.warnings = new ThrottledLog(LOG, Level.WARN, "route '" + config.name() + "'");
    }

    @Override
    public Future<Void> start() {
        var spec = new PublisherSpec(
                config.name(),
                RouteTopologies.published(config).stream()
                        .map(topology -> topology.knowing(shared.names()))
                        .toList());
        return shared.publishing()
                .publisher(spec)
                .compose(opened -> {
                    publisher = opened;
                    publisher.onReady(buffer::pump);
                    return openReplies();
                })
                .compose(ignored -> listen())
                .recover(failure -> Future.failedFuture(
                        new RouteException(config.name(), "cannot start: " + failure.getMessage(), failure)));
    }

    private Future<Void> openReplies() {
        if (config.reply() == ReplyMode.CONFIRM) {
            return Future.succeededFuture();
        }
        replies = new ReplyReceiver(config, shared, counts);
        return replies.start(buffer::pump);
    }

    /** Registers a local consumer, so that only the node where a message was sent forwards it. */
    private Future<Void> listen() {
        buffer.watchDeadlines();
        consumer = shared.vertx().eventBus().localConsumer(config.address(), this::accept);
        return consumer.completion();
    }

    private void accept(Message<Object> message) {
        var asked = message.replyAddress() == null ? null : message;
        BridgeMessage encoded;
        try {
            encoded = encoder.encode(message);
            shared.requireSize(encoded.body().length());
        } catch (IllegalArgumentException e) {
            counts.count(RouteEvent.UNREADABLE);
            new OutboundMessage(null, null, asked, 0)
                    .failed(SendFailure.UNREADABLE, "route '" + config.name() + "': " + e.getMessage());
            warnings.add("a message cannot be written: " + e.getMessage());
            return;
        }
        var correlation = replies != null && asked != null ? shared.ids().next() : null;
        offer(new OutboundMessage(
                encoded,
                correlation,
                asked,
                System.nanoTime() + config.timeout().toNanos()));
    }

    private void offer(OutboundMessage message) {
        var bytes = MessageSize.of(message.encoded());
        var entry = queue.offer(message, bytes);
        // A message larger than the whole buffer would drive out all others in vain.
        while (entry == null
                && config.buffer().whenFull() == WhenFull.DROP_OLDEST
                && bytes <= config.buffer().bytes()
                && queue.oldestUnsent() != null) {
            dropOldest();
            entry = queue.offer(message, bytes);
        }
        if (entry != null && message.correlationId() != null && !replies.expect(message)) {
            queue.remove(entry);
            entry = null;
        }
        if (entry == null) {
            counts.count(RouteEvent.REJECTED);
            var reason = full(bytes);
            message.failed(SendFailure.BUFFER_FULL, "route '" + config.name() + "': " + reason);
            warnings.add(reason);
            return;
        }
        counts.count(RouteEvent.ACCEPTED);
        buffer.pump();
    }

    private String full(long bytes) {
        var why = publisher.obstacle();
        return "the buffer is full (" + queue.size() + " of "
                + config.buffer().messages() + " messages, " + queue.bytes() + " + " + bytes + " of "
                + config.buffer().bytes() + " bytes)" + (why == null ? "" : " because " + why);
    }

    private void dropOldest() {
        var oldest = queue.oldestUnsent();
        queue.remove(oldest);
        counts.count(RouteEvent.DROPPED);
        fail(
                oldest.message(),
                SendFailure.BUFFER_FULL,
                "dropped from the full buffer of route '" + config.name() + "'");
        warnings.add("the buffer is full: the oldest message is dropped");
    }

    @Override
    public boolean ready() {
        return publisher.ready() && (replies == null || replies.live());
    }

    @Override
    public void send(OutboundMessage message, Handler<PublishOutcome> outcome) {
        var addressed = message.correlationId() == null ? message.encoded() : replies.addressed(message);
        publisher.publish(addressed, config.mandatory(), outcome);
    }

    @Override
    public String obstacle() {
        return publisher.obstacle();
    }

    @Override
    public void confirmed(OutboundMessage message) {
        counts.count(RouteEvent.CONFIRMED);
        if (replies == null) {
            message.confirmed();
        }
    }

    @Override
    public void failed(OutboundMessage message, SendFailure failure, String reason) {
        counts.count(RouteEvent.of(failure));
        fail(message, failure, "route '" + config.name() + "': " + reason);
        warnings.add(reason);
    }

    @Override
    public void timedOut(OutboundMessage message, boolean sent, String reason) {
        counts.count(RouteEvent.TIMED_OUT);
        var told = "route '" + config.name() + "': " + reason;
        if (!message.awaited()) {
            warnings.add(told);
        }
        fail(message, SendFailure.TIMED_OUT, told);
    }

    private void fail(OutboundMessage message, SendFailure failure, String reason) {
        if (message.correlationId() != null) {
            replies.forget(message);
        }
        message.failed(failure, reason);
    }

    /** Expires requests that have been confirmed and not answered, as their deadlines are the same. */
    @Override
    public void expire(long nowNanos) {
        if (replies != null) {
            replies.expire(nowNanos);
        }
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (consumer == null) {
            return Future.succeededFuture();
        }
        var end = Timeouts.end(deadline);
        stopped = true;
        return consumer.unregister()
                .eventually(() -> buffer.flush(Timeouts.left(end)))
                .eventually(() -> replies == null ? Future.succeededFuture() : replies.stop(Timeouts.left(end)))
                .eventually(() -> Timeouts.within(shared.vertx(), CLOSE_DEADLINE, publisher.close()));
    }

    @Override
    public void notFlushed(int messages, int sent) {
        LOG.error(
                "route '{}': {} messages were not confirmed before the stop ({}), {} of them sent",
                config.name(),
                messages,
                publisher.obstacle(),
                sent);
    }

    @Override
    public void givenUp(OutboundMessage message) {
        counts.count(RouteEvent.UNSENT);
        fail(message, SendFailure.STOPPED, "route '" + config.name() + "' was stopped; the message may have arrived");
    }

    @Override
    public OutboundRoute config() {
        return config;
    }

    @Override
    public RouteStatus status() {
        var obstacle = publisher == null ? "starting" : publisher.obstacle();
        var blocked = shared.publishing().blocked() != null;
        return new RouteStatus(
                config.name(),
                "outbound",
                config.address(),
                shared.instance(),
                stopped
                        ? Condition.STOPPED
                        : obstacle == null ? Condition.READY : blocked ? Condition.DEGRADED : Condition.DOWN,
                stopped ? null : obstacle,
                queue.inFlight(),
                queue.size() - queue.inFlight(),
                queue.bytes(),
                counts.snapshot());
    }
}
