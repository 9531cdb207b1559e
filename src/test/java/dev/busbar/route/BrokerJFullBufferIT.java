package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJFullBufferIT extends FullBufferContract {
    BrokerJFullBufferIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
