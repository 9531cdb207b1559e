package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJThreadIT extends ThreadScenarios {
    BrokerJThreadIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
