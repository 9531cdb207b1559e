package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10PrefetchBytesIT extends PrefetchBytesContract {
    BrokerJ10PrefetchBytesIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
