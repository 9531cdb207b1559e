package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Calls one listener on its context, until the registration is stopped or the verticle that made it is undeployed. */
final class Registration implements Listening, Closeable {

    private final TopicFilter filter;
    private final int replay;
    private final Listener listener;
    private final ContextInternal context;
    private final Consumer<Registration> onStop;
    /** Kept, so that no message needs a new one. */
    private final Handler<HubMessage> receivedHandler = this::callReceived;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();
    private volatile FilterBinding binding;
    private volatile ListenerLoop listenerLoop;

    /** @param onStop called once, from any thread, when the registration has been stopped */
    Registration(
            TopicFilter filter, int replay, Listener listener, ContextInternal context, Consumer<Registration> onStop) {
        this.filter = filter;
        this.replay = replay;
        this.listener = listener;
        this.context = context;
        this.onStop = onStop;
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    int replay() {
        return replay;
    }

    ContextInternal context() {
        return context;
    }

    /** Returns the loop that calls the listener; {@code null} until it is attached. */
    ListenerLoop listenerLoop() {
        return listenerLoop;
    }

    FilterBinding binding() {
        return binding;
    }

    void attach(FilterBinding filterBinding, ListenerLoop loop) {
        binding = filterBinding;
        listenerLoop = loop;
        context.addCloseHook(this);
    }

    boolean stopped() {
        return stopped.get();
    }

    /** Calls the listener. On its listener loop. */
    void deliver(HubMessage message) {
        if (!stopped()) {
            context.dispatch(message, receivedHandler);
        }
    }

    private void callReceived(HubMessage message) {
        binding.counts.delivered.increment();
        try {
            listener.received(message);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /** Tells the listener that messages may have been missed. On its listener loop. */
    void interrupted(String reason) {
        if (!stopped()) {
            context.dispatch(reason, this::callInterrupted);
        }
    }

    private void callInterrupted(String reason) {
        try {
            listener.interrupted(reason);
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        binding.counts.failed.increment();
        listenerLoop.complain(binding, failure);
    }

    @Override
    public Future<Void> stop() {
        if (stopped.compareAndSet(false, true)) {
            onStop.accept(this);
        }
        return ContextCalls.here(context.owner(), ended.future());
    }

    /** Completes the future of {@link #stop}, because the listener has been removed from its loop. */
    void ended() {
        context.removeCloseHook(this);
        ended.tryComplete();
    }

    /** Stops when the verticle is undeployed, which does not wait until the listener is removed. */
    @Override
    public void close(Completable<Void> completion) {
        stop();
        completion.succeed();
    }
}
