package dev.busbar.mq;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.hub.Hub;
import dev.busbar.route.Decoded;
import dev.busbar.route.Undeliverables;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Consumes a durable queue of its own, in order: a message that fails is tried again before the next. Deliveries arrive
 * on the hub's event loop and wait, at most the prefetch, for the consumer's context, to which all else is confined.
 */
final class PersistentConsumer implements QueueRef {

    private final Hub hub;
    private final InboundRoute as;
    private final String name;
    private final TopicFilter filter;
    private final Context context;
    private final Handling handling;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final RetryDelay delay;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Promise<Void> stopped = Promise.promise();
    private final Consumer<QueueRef> released;
    private Subscription subscription;
    private Undeliverables undeliverables;
    private boolean busy;
    private boolean looping;
    private Runnable idle = () -> {};

    /** @param released told once it consumes no more */
    PersistentConsumer(
            Hub hub,
            String name,
            TopicFilter filter,
            InboundRoute as,
            Context context,
            MessageHandler handler,
            Consumer<QueueRef> released) {
        BusbarConfig config = hub.config();
        this.hub = hub;
        this.name = name;
        this.filter = filter;
        this.as = as;
        this.context = context;
        this.released = released;
        this.handling = new Handling(handler, "consumer '" + name + "'");
        this.maxBytes = config.broker().maxMessageBytes();
        this.codec = new PayloadCodec(config.datetimes(), maxBytes);
        this.delay = new RetryDelay(as.onFailure().backoff());
    }

    /** @param earlier filters known to be bound, to be unbound now */
    Future<QueueRef> start(List<TopicFilter> earlier) {
        var topology = new Topology(as.exchange(), as.queue(), as.filters());
        var spec = new SubscriptionSpec(as.name(), topology, as.prefetch());
        return hub.withConnections(broker -> Undeliverables.open(broker.publishing(), as)
                .compose(opened -> {
                    undeliverables = opened;
                    return broker.consuming()
                            .subscribe(spec, delivery -> context.runOnContext(ignored -> received(delivery)))
                            .onFailure(ignored -> opened.close());
                })
                .<QueueRef>compose(live -> {
                    subscription = live;
                    return Future.join(earlier.stream().map(live::unbind).toList())
                            .<QueueRef>map(this)
                            .onFailure(ignored -> live.close())
                            .onFailure(ignored -> undeliverables.close());
                }));
    }

    private void received(Delivery delivery) {
        if (stopping.get()) {
            delivery.settle(Settlement.REQUEUED);
            return;
        }
        waiting.add(delivery);
        next();
    }

    private void next() {
        if (looping) {
            return;
        }
        looping = true;
        while (!busy && !stopping.get() && !waiting.isEmpty()) {
            var delivery = waiting.poll();
            // What an ended channel had delivered comes again.
            if (delivery.live()) {
                busy = true;
                begin(delivery);
            }
        }
        looping = false;
    }

    private void begin(Delivery delivery) {
        var key = delivery.message().routingKey();
        if (!filter.matches(key)) {
            dropped.increment();
            handling.complain("'" + key + "' is passed over: it came by an earlier filter, and this one is '" + filter
                    + "'; remove the name to take that binding away");
            settle(delivery, Settlement.ACCEPTED);
            return;
        }
        var decoded = Decoded.of(delivery, codec, maxBytes);
        if (decoded.problem() != null) {
            giveUp(delivery, decoded.problem(), 0, 1);
        } else {
            attempt(delivery, decoded.body(), 1);
        }
    }

    private void attempt(Delivery delivery, Object body, int number) {
        var message = delivery.message();
        var event = new Event(message.routingKey(), body, message.properties(), number > 1 || delivery.redelivered());
        handling.call(event)
                .onComplete(done -> onContext(() -> {
                    if (done.succeeded()) {
                        settle(delivery, Settlement.ACCEPTED);
                    } else if (number >= as.onFailure().attempts()) {
                        giveUp(delivery, "the handler failed: " + done.cause(), number, 1);
                    } else {
                        later(delivery, number, () -> attempt(delivery, body, number + 1));
                    }
                }));
    }

    private void giveUp(Delivery delivery, String reason, int attempts, int tries) {
        hub.withConnections(broker -> undeliverables.take(delivery, reason, attempts))
                .onComplete(taken -> onContext(() -> {
                    if (taken.succeeded()) {
                        handling.complain("'" + delivery.message().routingKey() + "' is given up ("
                                + as.onFailure().then() + "): " + reason);
                        settle(delivery, Settlement.ACCEPTED);
                    } else {
                        handling.complain(taken.cause().getMessage() + "; it stays in its queue and is tried again");
                        later(delivery, tries, () -> giveUp(delivery, reason, attempts, tries + 1));
                    }
                }));
    }

    private void later(Delivery delivery, int failures, Runnable again) {
        if (stopping.get()) {
            settle(delivery, Settlement.REQUEUED);
            return;
        }
        hub.vertx()
                .setTimer(
                        delay.after(failures).toMillis(),
                        timer -> onContext(() -> {
                            if (stopping.get() || !delivery.live()) {
                                settle(delivery, Settlement.REQUEUED);
                            } else {
                                again.run();
                            }
                        }));
    }

    private void settle(Delivery delivery, Settlement settlement) {
        delivery.settle(settlement);
        busy = false;
        idle.run();
        next();
    }

    private void onContext(Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            context.runOnContext(ignored -> work.run());
        }
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public String persistentName() {
        return name;
    }

    @Override
    public long failed() {
        return handling.failed();
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    /** What is in the handler's hands is settled when it has done; all else goes back now. */
    @Override
    public Future<Void> stopConsuming() {
        if (stopping.compareAndSet(false, true)) {
            onContext(() -> {
                waiting.forEach(delivery -> delivery.settle(Settlement.REQUEUED));
                waiting.clear();
                hub.withConnections(broker -> subscription.stop()).onComplete(ignored -> onContext(this::ended));
            });
        }
        return stopped.future();
    }

    private void ended() {
        idle = () -> hub.withConnections(broker ->
                Future.join(subscription.close(), undeliverables.close()).<Void>mapEmpty());
        if (!busy) {
            idle.run();
        }
        released.accept(this);
        stopped.complete();
    }
}
