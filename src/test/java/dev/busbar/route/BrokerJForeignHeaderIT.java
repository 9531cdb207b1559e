package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

/** Broker-J passes all types on as they are, where RabbitMQ 4 writes some anew. */
class BrokerJForeignHeaderIT extends ForeignHeaderScenarios {
    BrokerJForeignHeaderIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
