package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10RoundTripIT extends RoundTripScenarios {
    BrokerJ10RoundTripIT() {
        super(BrokerJ.shared10());
    }
}
