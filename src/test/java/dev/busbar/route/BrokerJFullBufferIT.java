package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJFullBufferIT extends FullBufferScenarios {
    BrokerJFullBufferIT() {
        super(BrokerJ.shared());
    }
}
