package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10HandlerIT extends HandlerScenarios {
    BrokerJ10HandlerIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
