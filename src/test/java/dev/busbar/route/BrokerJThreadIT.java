package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJThreadIT extends ThreadScenarios {
    BrokerJThreadIT() {
        super(BrokerJ.shared());
    }
}
