package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJOutboundTest extends OutboundScenarios {
    BrokerJOutboundTest() {
        super(BrokerJ.shared());
    }
}
