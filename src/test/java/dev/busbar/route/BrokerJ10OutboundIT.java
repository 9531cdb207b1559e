package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10OutboundIT extends OutboundScenarios {
    BrokerJ10OutboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
