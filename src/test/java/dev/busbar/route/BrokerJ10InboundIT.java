package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10InboundIT extends InboundContract {
    BrokerJ10InboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
