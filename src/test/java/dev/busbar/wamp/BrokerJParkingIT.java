package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJParkingIT extends ParkingContract {
    BrokerJParkingIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
