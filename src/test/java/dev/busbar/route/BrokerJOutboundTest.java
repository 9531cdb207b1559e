package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJOutboundTest extends OutboundScenarios {
    BrokerJOutboundTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
