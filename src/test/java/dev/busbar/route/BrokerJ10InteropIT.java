package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10InteropIT extends InteropScenarios {
    BrokerJ10InteropIT() {
        super(BrokerJ.shared10());
    }
}
