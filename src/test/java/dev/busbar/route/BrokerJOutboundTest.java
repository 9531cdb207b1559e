package dev.busbar.route;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJOutboundTest extends OutboundContract {
    BrokerJOutboundTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
