package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJHandlerIT extends HandlerScenarios {
    BrokerJHandlerIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
