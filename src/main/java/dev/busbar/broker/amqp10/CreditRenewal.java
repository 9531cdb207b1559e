package dev.busbar.broker.amqp10;

import io.vertx.core.Vertx;
import java.util.List;

/**
 * Has consumers grant their credit anew from time to time, because brokers forget it. Broker-J may return the unsettled
 * deliveries of the active one of several consumers before it makes the next one active, and would then tell the next
 * one only with another message. RabbitMQ 3 begins a consumer anew, without credit, when the process of its queue has
 * crashed. Confined to the event loop.
 */
final class CreditRenewal {

    private final Vertx vertx;
    private long timer = -1;

    CreditRenewal(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Watches these links instead of earlier ones. */
    void watch(List<Receiving> links, long periodMillis) {
        end();
        timer = vertx.setPeriodic(periodMillis, id -> links.forEach(Receiving::grantAnew));
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
