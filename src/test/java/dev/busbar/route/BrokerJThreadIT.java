package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJThreadIT extends ThreadContract {
    BrokerJThreadIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
