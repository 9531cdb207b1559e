package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10InboundIT extends InboundScenarios {
    BrokerJ10InboundIT() {
        super(BrokerJ.shared10());
    }
}
