package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10OutboundIT extends OutboundContract {
    BrokerJ10OutboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
