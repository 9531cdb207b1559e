package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJPrefetchBytesIT extends PrefetchBytesContract {
    BrokerJPrefetchBytesIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
