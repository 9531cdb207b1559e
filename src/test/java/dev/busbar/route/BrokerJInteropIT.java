package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJInteropIT extends InteropScenarios {
    BrokerJInteropIT() {
        super(BrokerJ.shared());
    }
}
