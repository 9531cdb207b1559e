package dev.busbar.mq;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10MessageQueueIT extends MessageQueueContract {
    BrokerJ10MessageQueueIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
