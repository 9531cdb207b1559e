package dev.busbar.hub;

import dev.busbar.config.HandOverConfig;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;

/**
 * Brings each listener to the binding of its filter and the branch of its context, and takes it off both at its end.
 * Confined to the hub's event loop, but for {@link #listen}.
 */
final class Registrations {

    private final Vertx vertx;
    private final Context home;
    private final FilterBindings bindings;
    private final Replay replay;
    private final HubConsumer consumer;
    private final ListenerLoops listenerLoops;
    private boolean closed;

    Registrations(
            Vertx vertx,
            Context home,
            HandOverConfig handOver,
            FilterBindings bindings,
            Replay replay,
            HubConsumer consumer) {
        this.vertx = vertx;
        this.home = home;
        this.bindings = bindings;
        this.replay = replay;
        this.consumer = consumer;
        this.listenerLoops = new ListenerLoops(
                handOver, listenerLoop -> home.runOnContext(ignored -> consumer.relieved(listenerLoop)));
    }

    /** From any thread; see {@link Hub#listen}. */
    Future<Listening> listen(TopicFilter filter, int last, Listener listener) {
        var context = ((VertxInternal) vertx).getOrCreateContext();
        var promise = context.<Listening>promise();
        var registration = new Registration(filter, last, listener, context, this::stopped);
        home.runOnContext(ignored -> open(registration, promise));
        return promise.future();
    }

    private void open(Registration registration, Promise<Listening> promise) {
        if (closed) {
            promise.fail(closedFailure());
            return;
        }
        bindings.acquire(registration.filter(), registration.replay() > 0)
                .onSuccess(binding -> attach(registration, binding, promise))
                .onFailure(promise::fail);
    }

    static IllegalStateException closedFailure() {
        return new IllegalStateException("subscriptions have been closed");
    }

    /** What has been received so far is replayed, and what comes from now on is handed over behind it. */
    private void attach(Registration registration, FilterBinding binding, Promise<Listening> promise) {
        if (closed) {
            bindings.release(binding);
            promise.fail(closedFailure());
            return;
        }
        var listenerLoop = listenerLoops.join(registration.context());
        binding.attached(listenerLoop);
        registration.attach(binding, listenerLoop);
        var missed =
                registration.replay() == 0 ? List.<HubMessage>of() : replay.last(binding.ring(), registration.replay());
        listenerLoop.post(() -> {
            listenerLoop.add(registration);
            promise.complete(registration);
            missed.forEach(registration::deliver);
        });
    }

    /** From any thread; what has been handed over for it already is passed over. */
    private void stopped(Registration registration) {
        home.runOnContext(ignored -> registration.listenerLoop().post(() -> {
            registration.listenerLoop().remove(registration);
            home.runOnContext(then -> detach(registration));
        }));
    }

    private void detach(Registration registration) {
        registration.binding().detached(registration.listenerLoop());
        if (listenerLoops.leave(registration.context(), registration.listenerLoop())) {
            consumer.gone(registration.listenerLoop());
        }
        bindings.release(registration.binding());
        registration.ended();
    }

    /** Tells every listener that it may have missed something. */
    void interruptAll(String reason) {
        listenerLoops.all().forEach(listenerLoop -> listenerLoop.post(() -> listenerLoop.interruptAll(reason)));
    }

    /** Takes no more. Those there are may still stop. */
    void close() {
        closed = true;
    }
}
