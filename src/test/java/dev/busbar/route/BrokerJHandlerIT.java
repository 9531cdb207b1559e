package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJHandlerIT extends HandlerScenarios {
    BrokerJHandlerIT() {
        super(BrokerJ.shared());
    }
}
