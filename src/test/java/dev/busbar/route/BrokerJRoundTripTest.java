package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJRoundTripTest extends RoundTripContract {
    BrokerJRoundTripTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
