package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10OutboundIT extends OutboundScenarios {
    BrokerJ10OutboundIT() {
        super(BrokerJ.shared10());
    }
}
