package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJPrefetchBytesIT extends PrefetchBytesContract {
    BrokerJPrefetchBytesIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
