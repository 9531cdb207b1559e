package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10PrefetchBytesIT extends PrefetchBytesContract {
    BrokerJ10PrefetchBytesIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
