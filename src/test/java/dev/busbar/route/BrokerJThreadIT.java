package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJThreadIT extends ThreadScenarios {
    BrokerJThreadIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
