package dev.busbar.mq;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJControlTest extends ControlContract {
    BrokerJControlTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
