package dev.busbar.mq;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJMessageQueueTest extends MessageQueueContract {
    BrokerJMessageQueueTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
