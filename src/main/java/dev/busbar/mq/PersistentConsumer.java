package dev.busbar.mq;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Mismatch;
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
 * Consumes a durable queue of its own, in order: a message whose handler fails is tried again before the next one.
 * Deliveries arrive on the hub's event loop and wait, at most the prefetch, for the consumer's context, to which
 * everything else is confined.
 */
final class PersistentConsumer implements QueueRef {

    private final Hub hub;
    private final InboundRoute route;
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
     * @param route the route with which the queue would be consumed likewise; has one filter
     * @param released called once, when the consumer has stopped
     */
    PersistentConsumer(
            Hub hub,
            String name,
            InboundRoute route,
            Context context,
            MessageHandler handler,
            Consumer<QueueRef> released) {
        this.hub = hub;
        this.name = name;
        this.filter = route.filters().get(0);
        this.route = route;
        this.confined = new Confined(context);
        this.released = released;
        this.handling = new Handling(handler, "consumer '" + name + "'");
    }

    /**
     * Declares the queue with the filters that it is bound by, because not every broker accepts a queue that exists
     * with other filters; binds it by the new filter then, and unbinds the earlier ones.
     *
     * @param earlier the filters that the queue is known to be bound by
     */
    Future<QueueRef> start(List<TopicFilter> earlier) {
        var topology = new Topology(route.exchange(), route.queue(), earlier.isEmpty() ? route.filters() : earlier);
        var spec = new SubscriptionSpec(route.name(), topology, route.prefetch());
        return hub.withConnections(broker -> broker.consuming()
                .subscribe(spec, delivery -> confined.post(() -> received(delivery)))
                .recover(failure ->
                        Future.failedFuture(Mismatch.ofOwnQueue(route.queue().name(), failure)))
                .<QueueRef>compose(live -> {
                    subscription = live;
                    return UndeliveredSettler.open(broker.publishing(), route)
                            .compose(opened -> replace(live, earlier)
                                    .compose(ignored -> begin(opened))
                                    .onFailure(ignored -> opened.close()))
                            .<QueueRef>map(this)
                            .onFailure(ignored -> live.close());
                }));
    }

    /**
     * Begins with the deliveries, which have waited: a consumer that cannot start declares nothing for dead letters.
     */
    private Future<Void> begin(UndeliveredSettler opened) {
        var begun = Promise.<Void>promise();
        confined.run(() -> {
            undeliveredSettler = opened;
            attempts = new ConsumerAttempts(hub, route, handling, opened, confined, this::settled);
            begun.complete();
            next();
        });
        return begun.future();
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
        // Deliveries of a channel that has ended come again, as often as channels end while the handler is busy.
        while (!waiting.isEmpty() && !waiting.peek().live()) {
            waiting.remove();
        }
        waiting.add(RestoredDelivery.of(delivery));
        next();
    }

    /** Begins the next deliveries, without recursion however many end at once. */
    private void next() {
        if (looping || attempts == null) {
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

    /** Settles the delivery that is being handled when the handler is done; gives back all others now. */
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
