package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10OutboundIT extends OutboundContract {
    BrokerJ10OutboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
