package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10FullBufferIT extends FullBufferContract {
    BrokerJ10FullBufferIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
