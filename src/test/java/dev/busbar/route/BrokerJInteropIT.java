package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJInteropIT extends InteropContract {
    BrokerJInteropIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
