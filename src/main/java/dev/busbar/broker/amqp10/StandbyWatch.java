package dev.busbar.broker.amqp10;

import io.vertx.core.Vertx;
import java.util.List;

/**
 * Has consumers grant their credit anew now and then, because brokers forget it. Broker-J may give back what the active
 * one of several consumers had not settled before it makes the next one active, and would then wait for another message
 * to tell it. RabbitMQ 3 begins a consumer anew, without credit, when the process of its queue has crashed. On the
 * event loop.
 */
final class StandbyWatch {

    private final Vertx vertx;
    private long timer = -1;

    StandbyWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Watches these links, and no others any more. */
    void watch(List<Receiving> links, long periodMillis) {
        end();
        timer = vertx.setPeriodic(periodMillis, id -> links.forEach(Receiving::grantAnew));
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
