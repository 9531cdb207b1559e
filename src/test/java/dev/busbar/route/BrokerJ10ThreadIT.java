package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10ThreadIT extends ThreadScenarios {
    BrokerJ10ThreadIT() {
        super(BrokerJ.shared10());
    }
}
