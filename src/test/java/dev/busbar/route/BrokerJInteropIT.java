package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJInteropIT extends InteropScenarios {
    BrokerJInteropIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
