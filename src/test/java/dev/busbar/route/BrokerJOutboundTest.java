package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJOutboundTest extends OutboundContract {
    BrokerJOutboundTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
