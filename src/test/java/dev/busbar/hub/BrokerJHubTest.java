package dev.busbar.hub;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJHubTest extends HubContract {
    BrokerJHubTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
