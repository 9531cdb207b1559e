package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10RoundTripIT extends RoundTripContract {
    BrokerJ10RoundTripIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
