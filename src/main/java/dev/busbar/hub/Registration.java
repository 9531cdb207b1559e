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

/** Registers one listener on its context, until it is stopped or the verticle that registered it is undeployed. */
final class Registration implements Listening, Closeable {

    private final TopicFilter filter;
    private final int replay;
    private final Listener listener;
    private final ContextInternal context;
    private final Consumer<Registration> stopping;
    private final Handler<HubMessage> call = this::call;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();
    private volatile FilterBinding binding;
    private volatile ListenerLoop listenerLoop;

    /** @param stopping told once, from any thread, that the registration has been stopped */
    Registration(
            TopicFilter filter,
            int replay,
            Listener listener,
            ContextInternal context,
            Consumer<Registration> stopping) {
        this.filter = filter;
        this.replay = replay;
        this.listener = listener;
        this.context = context;
        this.stopping = stopping;
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

    void attach(FilterBinding to, ListenerLoop on) {
        binding = to;
        listenerLoop = on;
        context.addCloseHook(this);
    }

    boolean stopped() {
        return stopped.get();
    }

    /** Calls the listener. On its listener loop. */
    void deliver(HubMessage message) {
        if (!stopped()) {
            context.dispatch(message, call);
        }
    }

    private void call(HubMessage message) {
        binding.counts.delivered.increment();
        try {
            listener.received(message);
        } catch (RuntimeException | Error e) {
            failed(e);
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
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        binding.counts.failed.increment();
        listenerLoop.complain(binding, failure);
    }

    @Override
    public Future<Void> stop() {
        if (stopped.compareAndSet(false, true)) {
            stopping.accept(this);
        }
        return ContextCalls.here(context.owner(), ended.future());
    }

    /** The listener has been removed from its loop. */
    void ended() {
        context.removeCloseHook(this);
        ended.tryComplete();
    }

    /** Called when the verticle is undeployed, which need not wait for the end. */
    @Override
    public void close(Completable<Void> completion) {
        stop();
        completion.succeed();
    }
}
