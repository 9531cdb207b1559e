package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10InboundIT extends InboundScenarios {
    BrokerJ10InboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
