package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueType;
import java.util.Locale;
import java.util.Map;

/** Tells what Broker-J cannot have over AMQP 1.0, and the remedy, before it is asked. */
final class QpidRefusals {

    private QpidRefusals() {}

    /** Returns why there can be no such exchange; {@code null} if there can. */
    static BrokerException exchange(ExchangeConfig exchange) {
        return exchange.internal()
                ? QpidDialect.unsupported(
                        "internal exchanges, as exchange '" + exchange.name() + "' is to be", "leave out internal")
                : arguments("exchange", exchange.name(), exchange.arguments());
    }

    /** Returns why there can be no such queue; {@code null} if there can. */
    static BrokerException queue(String name, QueueConfig queue) {
        return queue.type() != QueueType.CLASSIC
                ? QpidDialect.unsupported(
                        queue.type().name().toLowerCase(Locale.ROOT) + " queues, as queue '" + name + "' is to be",
                        "leave out its type")
                : arguments("queue", name, queue.arguments());
    }

    private static BrokerException arguments(String kind, String name, Map<String, Object> arguments) {
        return arguments.keySet().stream()
                .filter(key -> key.startsWith("x-"))
                .findFirst()
                .map(foreign -> QpidDialect.unsupported(
                        "argument '" + foreign + "', as " + kind + " '" + name + "' is to have",
                        "leave it out, or write an attribute of Broker-J instead, e.g. maximumQueueDepthMessages"))
                .orElse(null);
    }
}
