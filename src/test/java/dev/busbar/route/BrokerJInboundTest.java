package dev.busbar.route;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJInboundTest extends InboundContract {
    BrokerJInboundTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @Override
    String inTenMinutes() {
        return String.valueOf(System.currentTimeMillis() + 600_000);
    }
}
