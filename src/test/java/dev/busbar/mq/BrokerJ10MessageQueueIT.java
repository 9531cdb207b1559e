package dev.busbar.mq;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10MessageQueueIT extends MessageQueueContract {
    BrokerJ10MessageQueueIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
