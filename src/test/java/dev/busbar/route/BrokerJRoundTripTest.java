package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJRoundTripTest extends RoundTripScenarios {
    BrokerJRoundTripTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
