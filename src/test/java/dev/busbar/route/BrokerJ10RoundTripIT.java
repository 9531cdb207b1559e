package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10RoundTripIT extends RoundTripContract {
    BrokerJ10RoundTripIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
