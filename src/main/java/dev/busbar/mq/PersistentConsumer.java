package dev.busbar.mq;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.UndeliveredSettler;
import dev.busbar.hub.Hub;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
    private final Confined confined;
    private final Handling handling;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Promise<Void> stopped = Promise.promise();
    private final Consumer<QueueRef> released;
    private Subscription subscription;
    private UndeliveredSettler undeliveredSettler;
    private ConsumerAttempts attempts;
    private boolean looping;
    private Runnable idle = () -> {};

    /**
     * @param as what it would be as a route, with the one filter
     * @param released told once it consumes no more
     */
    PersistentConsumer(
            Hub hub,
            String name,
            InboundRoute as,
            Context context,
            MessageHandler handler,
            Consumer<QueueRef> released) {
        this.hub = hub;
        this.name = name;
        this.filter = as.filters().get(0);
        this.as = as;
        this.confined = new Confined(context);
        this.released = released;
        this.handling = new Handling(handler, "consumer '" + name + "'");
    }

    /**
     * Where it was bound otherwise, it begins with that: not every broker takes a queue that exists with other filters.
     *
     * @param earlier filters known to be bound, to be unbound now
     */
    Future<QueueRef> start(List<TopicFilter> earlier) {
        var topology = new Topology(as.exchange(), as.queue(), earlier.isEmpty() ? as.filters() : earlier);
        var spec = new SubscriptionSpec(as.name(), topology, as.prefetch());
        return hub.withConnections(broker -> UndeliveredSettler.open(broker.publishing(), as)
                .compose(opened -> {
                    undeliveredSettler = opened;
                    attempts = new ConsumerAttempts(hub, as, handling, opened, confined, this::settled);
                    return broker.consuming()
                            .subscribe(spec, delivery -> confined.post(() -> received(delivery)))
                            .onFailure(ignored -> opened.close());
                })
                .<QueueRef>compose(live -> {
                    subscription = live;
                    return replace(live, earlier)
                            .<QueueRef>map(this)
                            .onFailure(ignored -> live.close())
                            .onFailure(ignored -> undeliveredSettler.close());
                }));
    }

    private Future<?> replace(Subscription live, List<TopicFilter> earlier) {
        return earlier.isEmpty()
                ? Future.succeededFuture()
                : live.bind(filter)
                        .compose(ignored ->
                                Future.join(earlier.stream().map(live::unbind).toList()));
    }

    private void received(Delivery delivery) {
        if (stopping.get()) {
            delivery.settle(Settlement.REQUEUED);
            return;
        }
        // What an ended channel had delivered comes again, as often as it ends while the handler is busy.
        while (!waiting.isEmpty() && !waiting.peek().live()) {
            waiting.remove();
        }
        waiting.add(RestoredDelivery.of(delivery));
        next();
    }

    /** Without recursion however many are done at once. */
    private void next() {
        if (looping) {
            return;
        }
        looping = true;
        while (!attempts.busy() && !stopping.get() && !waiting.isEmpty()) {
            var delivery = waiting.poll();
            if (delivery.live() && wanted(delivery)) {
                attempts.begin(delivery);
            }
        }
        looping = false;
    }

    private boolean wanted(Delivery delivery) {
        var key = delivery.message().routingKey();
        if (filter.matches(key)) {
            return true;
        }
        dropped.increment();
        handling.complain("'" + key + "' is passed over: it came by an earlier filter, and this one is '" + filter
                + "'; remove the name to take that binding away");
        delivery.settle(Settlement.ACCEPTED);
        return false;
    }

    private void settled() {
        idle.run();
        next();
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
            confined.run(() -> {
                attempts.stop();
                waiting.forEach(delivery -> delivery.settle(Settlement.REQUEUED));
                waiting.clear();
                hub.withConnections(broker -> subscription.stop()).onComplete(ignored -> confined.run(this::ended));
            });
        }
        return stopped.future();
    }

    private void ended() {
        idle = () -> hub.withConnections(broker ->
                Future.join(subscription.close(), undeliveredSettler.close()).<Void>mapEmpty());
        if (!attempts.busy()) {
            idle.run();
        }
        released.accept(this);
        stopped.complete();
    }
}
