package dev.busbar.hub;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10HubIT extends HubContract {
    BrokerJ10HubIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
