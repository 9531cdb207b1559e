package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJThreadIT extends ThreadContract {
    BrokerJThreadIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
