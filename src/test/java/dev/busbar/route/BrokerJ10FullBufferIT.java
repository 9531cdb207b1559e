package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10FullBufferIT extends FullBufferContract {
    BrokerJ10FullBufferIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
