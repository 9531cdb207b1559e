package dev.busbar.broker.amqp10;

import io.vertx.core.Vertx;
import java.util.List;

/**
 * Has consumers of a queue with one active consumer grant their credit anew, now and then: Broker-J may give back what
 * the active one had not settled before it makes the next one active, and would then wait for another message to tell
 * it. On the event loop.
 */
final class StandbyWatch {

    private static final long PERIOD_MILLIS = 1_000;

    private final Vertx vertx;
    private long timer = -1;

    StandbyWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Watches these links, and no others any more. */
    void watch(List<Receiving> links) {
        end();
        timer = vertx.setPeriodic(PERIOD_MILLIS, id -> links.forEach(Receiving::grantAnew));
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
