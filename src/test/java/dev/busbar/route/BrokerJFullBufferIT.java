package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJFullBufferIT extends FullBufferContract {
    BrokerJFullBufferIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
