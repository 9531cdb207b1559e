package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10OutboundIT extends OutboundScenarios {
    BrokerJ10OutboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
