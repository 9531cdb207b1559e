package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10ParkingIT extends ParkingContract {
    BrokerJ10ParkingIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
