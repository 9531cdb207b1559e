package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJInteropIT extends InteropContract {
    BrokerJInteropIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
