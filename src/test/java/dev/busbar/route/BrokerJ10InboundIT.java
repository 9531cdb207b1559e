package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10InboundIT extends InboundScenarios {
    BrokerJ10InboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
