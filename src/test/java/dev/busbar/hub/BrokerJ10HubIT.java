package dev.busbar.hub;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10HubIT extends HubContract {
    BrokerJ10HubIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
