package dev.busbar.wamp;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJParkingIT extends ParkingContract {
    BrokerJParkingIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
