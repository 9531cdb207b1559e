package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJRoundTripTest extends RoundTripScenarios {
    BrokerJRoundTripTest() {
        super(BrokerJ.shared());
    }
}
