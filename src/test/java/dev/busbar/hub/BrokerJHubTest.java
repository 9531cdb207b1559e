package dev.busbar.hub;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJHubTest extends HubContract {
    BrokerJHubTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
