package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10FullBufferIT extends FullBufferScenarios {
    BrokerJ10FullBufferIT() {
        super(BrokerJ.shared10());
    }
}
