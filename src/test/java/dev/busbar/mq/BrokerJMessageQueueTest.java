package dev.busbar.mq;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJMessageQueueTest extends MessageQueueContract {
    BrokerJMessageQueueTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
