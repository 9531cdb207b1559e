package dev.busbar.route;

import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.config.Backoff;
import dev.busbar.delivery.Timeouts;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * A route's consumer on the broker, which can be paused: consuming ends, messages wait in their queue, and another
 * consumer begins when it is resumed. Confined to the event loop, but its state may be read from any thread.
 */
final class PausableConsumer {

    private static final Logger LOG = CleanLogger.of(PausableConsumer.class);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(3);

    /** One consumer on the broker. After its end it is closed when none of its deliveries is in hand any more. */
    static final class BrokerConsumer {
        private Subscription subscription;
        private int open;
        private boolean over;

        void received() {
            open++;
        }

        void settled() {
            open--;
            if (over && open == 0) {
                subscription.close();
            }
        }
    }

    private final RouteContext shared;
    private SubscriptionSpec spec;
    private final BiConsumer<Delivery, BrokerConsumer> handler;
    private final Consumer<SubscriptionState> observer;
    private final Supplier<Future<Void>> free;
    private final RetryDelay delay = new RetryDelay(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)));
    /** Who has paused consuming; it is resumed when none of them is left. */
    private final Set<Object> pausing = new HashSet<>();

    private volatile BrokerConsumer current;
    private volatile boolean paused;
    /** Why the last try to resume has failed; {@code null} if it has not. */
    private volatile String failure;

    /** Completes when deliveries have ended; set while paused. */
    private Future<Void> ending;

    private boolean resuming;
    private Promise<Void> began;
    private int failures;
    private boolean stopped;

    /**
     * @param handler given each delivery with the consumer it came from, even before that consumer is known to consume
     * @param observer told the states of the present consumer
     * @param free tells when no handler has a delivery whose outcome is worth waiting for
     */
    PausableConsumer(
            RouteContext shared,
            SubscriptionSpec spec,
            BiConsumer<Delivery, BrokerConsumer> handler,
            Consumer<SubscriptionState> observer,
            Supplier<Future<Void>> free) {
        this.shared = shared;
        this.spec = spec;
        this.handler = handler;
        this.observer = observer;
        this.free = free;
    }

    Future<Void> start() {
        resuming = true;
        began = Promise.promise();
        return subscribe().onComplete(begun -> begun(), began::fail);
    }

    private Future<Void> subscribe() {
        var origin = new BrokerConsumer();
        return shared.consuming()
                .subscribe(spec, delivery -> handler.accept(delivery, origin))
                .compose(live -> {
                    if (stopped) {
                        return live.close();
                    }
                    origin.subscription = live;
                    current = origin;
                    live.onStateChange(state -> {
                        if (current == origin) {
                            observer.accept(state);
                        }
                    });
                    return Future.succeededFuture();
                });
    }

    /** Sets the prefetch of the next consumer. */
    void prefetch(int prefetch) {
        spec = spec.prefetching(prefetch);
    }

    /** Makes the broker deliver all unsettled messages again, as {@link Subscription#consumeAgain}. */
    void consumeAgain(String why) {
        current.subscription.consumeAgain(why);
    }

    boolean started() {
        return current != null;
    }

    /** Returns whether consuming is paused. From any thread. */
    boolean paused() {
        return paused;
    }

    String queue() {
        return current.subscription.queue();
    }

    /** Returns the state of the consumer; while paused, whether it could be resumed. From any thread. */
    SubscriptionState state() {
        if (current == null) {
            return new SubscriptionState.Recovering("starting");
        } else if (!paused) {
            return current.subscription.state();
        } else if (shared.consuming().state() instanceof ConnectionState.Waiting waiting) {
            return new SubscriptionState.Recovering(waiting.cause().getMessage());
        }
        return failure == null ? new SubscriptionState.Active() : new SubscriptionState.Recovering(failure);
    }

    /**
     * Ends consuming. Deliveries in hand may still be settled, except where the broker gives all messages of a queue to
     * one of several consumers: messages that this one gives back would come to it again, until it is closed. There
     * handlers may finish first, as the next consumer gets all that is not settled by then.
     *
     * @param by who resumes it
     */
    Future<Void> pause(Object by) {
        pausing.add(by);
        if (resuming) {
            // The new consumer is ended as soon as it has begun.
            return began.future().compose(ignored -> ending == null ? Future.succeededFuture() : ending);
        }
        return paused ? ending : end();
    }

    private Future<Void> end() {
        paused = true;
        var ended = current.subscription.stop();
        ending = spec.topology().singleActive()
                ? ended.eventually(free).eventually(this::closeCurrent)
                : ended.otherwiseEmpty();
        return ending;
    }

    /** Begins another consumer unless somebody else still pauses it, and tries until one consumes. */
    void resume(Object by) {
        pausing.remove(by);
        if (paused && !resuming && !stopped && pausing.isEmpty()) {
            resuming = true;
            began = Promise.promise();
            begin();
        }
    }

    private void begin() {
        var before = current;
        subscribe().onComplete(begun -> {
            failure = begun.succeeded() ? null : begun.cause().getMessage();
            if (begun.failed() && !stopped) {
                LOG.warn("route '{}': cannot consume again: {}", spec.name(), failure);
                shared.vertx().setTimer(delay.after(++failures).toMillis(), id -> begin());
                return;
            }
            retire(before);
            begun();
        });
    }

    private void begun() {
        failures = 0;
        resuming = false;
        paused = false;
        if (!pausing.isEmpty() && !stopped) {
            end();
        }
        began.complete();
    }

    private static void retire(BrokerConsumer before) {
        before.over = true;
        if (before.open == 0) {
            before.subscription.close();
        }
    }

    Future<Void> stop() {
        stopped = true;
        return current.subscription.stop();
    }

    Future<Void> close() {
        return closeCurrent();
    }

    private Future<Void> closeCurrent() {
        return Timeouts.within(shared.vertx(), CLOSE_DEADLINE, current.subscription.close());
    }
}
