package dev.busbar.testing.broker;

import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;

/** Reaches a RabbitMQ over AMQP 1.0: release 3 by its plugin, later ones natively. */
public final class RabbitMq10 {

    private RabbitMq10() {}

    public static BrokerUnderTest at(RabbitNode node) {
        return node.release() == RabbitRelease.V3 ? new RabbitMq3Over10(node) : new RabbitMq4Over10(node);
    }
}
