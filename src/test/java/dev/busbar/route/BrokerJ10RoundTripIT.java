package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10RoundTripIT extends RoundTripScenarios {
    BrokerJ10RoundTripIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
