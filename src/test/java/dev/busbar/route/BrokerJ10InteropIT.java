package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10InteropIT extends InteropScenarios {
    BrokerJ10InteropIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
