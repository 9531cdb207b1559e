package dev.busbar.mq;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10MessageQueueIT extends MessageQueueContract {
    BrokerJ10MessageQueueIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
