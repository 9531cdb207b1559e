package dev.busbar.route;

import dev.busbar.cluster.Scoped;
import dev.busbar.config.InboundRoute;
import dev.busbar.log.CleanLogger;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Pauses a route's consuming while no handler listens, and resumes it when one does: so nothing is in hand for a broker
 * that takes back deliveries that stay unsettled for long, or that counts redeliveries. Confined to the event loop.
 */
final class ConsumingPause {

    private static final Logger LOG = CleanLogger.of(ConsumingPause.class);

    private static final long LOCAL_CHECK_MILLIS = 100;
    /** Longer, because the cluster manager asks other nodes. */
    private static final long CLUSTER_CHECK_MILLIS = 1_000;
    /** A pause that begins this soon after the end of the one before tells that no handler was there in truth. */
    private static final Duration FRUITLESS_TIME = Duration.ofSeconds(10);

    private static final int MAX_FRUITLESS_DOUBLINGS = 5;

    private final RouteContext shared;
    private final String route;
    private final String address;
    private final boolean localOnly;
    private final PausableConsumer consumer;
    private final HandlerWait waiting;
    private long resumed = System.nanoTime() - FRUITLESS_TIME.toNanos();
    private int fruitlessPauses;
    private boolean stopped;

    ConsumingPause(RouteContext shared, InboundRoute config, PausableConsumer consumer, HandlerWait waiting) {
        this.shared = shared;
        this.route = config.name();
        this.address = config.address();
        this.localOnly = Scoped.of(config, shared.node()).localOnly();
        this.consumer = consumer;
        this.waiting = waiting;
    }

    void begin() {
        LOG.info("route '{}': stops consuming until a handler listens at address '{}'", route, address);
        fruitlessPauses = System.nanoTime() - resumed < FRUITLESS_TIME.toNanos()
                ? Math.min(fruitlessPauses + 1, MAX_FRUITLESS_DOUBLINGS)
                : 0;
        consumer.pause(this).onComplete(ignored -> {
            waiting.pause();
            checkAfter(fruitlessPauses == 0 ? interval() : 1_000L << fruitlessPauses);
        });
    }

    private long interval() {
        return shared.vertx().isClustered() && !localOnly ? CLUSTER_CHECK_MILLIS : LOCAL_CHECK_MILLIS;
    }

    private void checkAfter(long after) {
        shared.vertx().setTimer(after, id -> {
            if (!stopped) {
                Listeners.any(shared.vertx(), address, localOnly)
                        .otherwise(false)
                        .onSuccess(found -> shared.context().runOnContext(ignored -> checked(found)));
            }
        });
    }

    private void checked(boolean found) {
        if (stopped) {
            return;
        }
        if (found) {
            LOG.info("route '{}': a handler listens at address '{}'; consumes again", route, address);
            resumed = System.nanoTime();
            waiting.resume();
            consumer.resume(this);
        } else {
            checkAfter(interval());
        }
    }

    void stop() {
        stopped = true;
    }
}
