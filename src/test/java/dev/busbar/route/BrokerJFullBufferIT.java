package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJFullBufferIT extends FullBufferScenarios {
    BrokerJFullBufferIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
