package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10FullBufferIT extends FullBufferScenarios {
    BrokerJ10FullBufferIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
