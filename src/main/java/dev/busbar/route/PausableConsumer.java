package dev.busbar.route;

import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.config.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A route's consumer on the broker, which can be ended and begun anew: meanwhile messages wait in their queue. Confined
 * to the event loop, but for what it tells.
 */
final class PausableConsumer {

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final RouteContext shared;
    private final SubscriptionSpec spec;
    private final Handler<Delivery> handler;
    private final Consumer<SubscriptionState> observer;
    private final RetryDelay delay = new RetryDelay(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)));
    private volatile Subscription current;
    private volatile boolean paused;
    /** Why it could not be begun anew; {@code null} unless that was so at the last try. */
    private volatile String failure;

    private boolean resuming;
    private int failures;
    private boolean stopped;

    /** @param observer told the states of the consumer, with each beginning anew */
    PausableConsumer(
            RouteContext shared,
            SubscriptionSpec spec,
            Handler<Delivery> handler,
            Consumer<SubscriptionState> observer) {
        this.shared = shared;
        this.spec = spec;
        this.handler = handler;
        this.observer = observer;
    }

    Future<Void> start() {
        return shared.consuming().subscribe(spec, handler).compose(live -> {
            if (stopped) {
                return live.close();
            }
            current = live;
            live.onStateChange(state -> {
                if (current == live) {
                    observer.accept(state);
                }
            });
            return Future.succeededFuture();
        });
    }

    boolean started() {
        return current != null;
    }

    /** From any thread. */
    boolean paused() {
        return paused;
    }

    String queue() {
        return current.queue();
    }

    /** From any thread; while paused, what would keep it from beginning anew. */
    SubscriptionState state() {
        if (current == null) {
            return new SubscriptionState.Recovering("starting");
        } else if (!paused) {
            return current.state();
        } else if (shared.consuming().state() instanceof ConnectionState.Waiting waiting) {
            return new SubscriptionState.Recovering(waiting.cause().getMessage());
        }
        return failure == null ? new SubscriptionState.Active() : new SubscriptionState.Recovering(failure);
    }

    /**
     * Ends the flow of deliveries. Those in hand may still be settled, except where the broker gives the messages of
     * the queue to one of several consumers: what that one gives back would come to it again, up to its end.
     */
    Future<Void> pause() {
        paused = true;
        return current.stop().compose(ignored -> spec.topology().singleActive() ? close() : Future.succeededFuture());
    }

    /** Begins anew, as often as it takes; what is still in hand comes again. */
    void resume() {
        if (!paused || resuming || stopped) {
            return;
        }
        resuming = true;
        close().compose(ignored -> stopped ? Future.succeededFuture() : start()).onComplete(begun -> {
            resuming = false;
            failure = begun.succeeded() ? null : begun.cause().getMessage();
            if (begun.succeeded()) {
                failures = 0;
                paused = false;
            } else {
                shared.vertx().setTimer(delay.after(++failures).toMillis(), id -> resume());
            }
        });
    }

    Future<Void> stop() {
        stopped = true;
        return current.stop();
    }

    Future<Void> close() {
        return Deadlines.within(shared.vertx(), CLOSING, current.close());
    }
}
