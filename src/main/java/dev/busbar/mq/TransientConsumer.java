package dev.busbar.mq;

import dev.busbar.broker.MessageSize;
import dev.busbar.config.ConsumersConfig;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubMessage;
import dev.busbar.hub.Listener;
import dev.busbar.hub.Listening;
import dev.busbar.topic.TopicFilter;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Consumes messages of the hub. Messages wait here while the handler is busy; when there is no more room the oldest is
 * dropped. Confined to its context.
 */
final class TransientConsumer implements QueueRef, Listener {

    private final TopicFilter filter;
    private final ConsumersConfig bounds;
    private final Confined confined;
    private final Handling handling;
    private final ArrayDeque<HubMessage> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private final Consumer<QueueRef> released;
    private long bytes;
    private boolean busy;
    private boolean looping;
    private volatile boolean stopped;
    private volatile Listening listening;

    /** @param released called once, when the consumer has stopped */
    TransientConsumer(
            TopicFilter filter,
            ConsumersConfig bounds,
            Context context,
            MessageHandler handler,
            Consumer<QueueRef> released) {
        this.filter = filter;
        this.bounds = bounds;
        this.confined = new Confined(context);
        this.released = released;
        this.handling = new Handling(handler, "consumer of '" + filter + "'");
    }

    /** Begins to listen, on the consumer's context. */
    Future<QueueRef> start(Hub hub) {
        return ContextCalls.call(confined.context(), () -> hub.listen(filter, 0, this))
                .map(live -> {
                    listening = live;
                    return this;
                });
    }

    @Override
    public void received(HubMessage message) {
        var weight = MessageSize.of(message.message());
        while (!waiting.isEmpty() && (waiting.size() >= bounds.messages() || bytes + weight > bounds.bytes())) {
            bytes -= MessageSize.of(waiting.poll().message());
            dropped.increment();
            handling.complain("the handler does not keep up: the oldest message is dropped"
                    + " (subscriptions.consumers says how many may wait)");
        }
        waiting.add(message);
        bytes += weight;
        next();
    }

    @Override
    public void interrupted(String reason) {
        handling.complain(reason);
    }

    /** Hands the next messages to the handler, one at a time, without recursion however many end at once. */
    private void next() {
        if (looping) {
            return;
        }
        looping = true;
        while (!busy && !stopped && !waiting.isEmpty()) {
            var message = waiting.poll();
            bytes -= MessageSize.of(message.message());
            busy = true;
            handling.call(new Event(
                            message.routingKey(),
                            message.body(),
                            message.message().properties(),
                            false))
                    .onComplete(done -> confined.run(this::finished));
        }
        looping = false;
    }

    private void finished() {
        busy = false;
        next();
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public String persistentName() {
        return null;
    }

    @Override
    public long failed() {
        return handling.failed();
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public Future<Void> stopConsuming() {
        stopped = true;
        return listening.stop().onComplete(ignored -> released.accept(this));
    }
}
