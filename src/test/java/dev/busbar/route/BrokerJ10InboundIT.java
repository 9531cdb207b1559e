package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10InboundIT extends InboundContract {
    BrokerJ10InboundIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
