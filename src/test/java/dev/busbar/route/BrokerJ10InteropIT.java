package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10InteropIT extends InteropContract {
    BrokerJ10InteropIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
