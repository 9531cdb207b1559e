package dev.busbar.mq;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJControlTest extends ControlContract {
    BrokerJControlTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
