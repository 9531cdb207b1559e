package dev.busbar.hub;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10HubIT extends HubContract {
    BrokerJ10HubIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
