package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10HandlerIT extends HandlerScenarios {
    BrokerJ10HandlerIT() {
        super(BrokerJ.shared10());
    }
}
