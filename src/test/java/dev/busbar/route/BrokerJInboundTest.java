package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJInboundTest extends InboundScenarios {
    BrokerJInboundTest() {
        super(BrokerJ.shared());
    }

    @Override
    String inTenMinutes() {
        return String.valueOf(System.currentTimeMillis() + 600_000);
    }
}
