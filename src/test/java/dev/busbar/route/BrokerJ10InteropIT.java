package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10InteropIT extends InteropContract {
    BrokerJ10InteropIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
