package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJParkingIT extends ParkingContract {
    BrokerJParkingIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
