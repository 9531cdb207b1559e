package dev.busbar.route;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJRoundTripTest extends RoundTripContract {
    BrokerJRoundTripTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
