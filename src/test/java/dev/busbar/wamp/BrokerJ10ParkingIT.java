package dev.busbar.wamp;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10ParkingIT extends ParkingContract {
    BrokerJ10ParkingIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
