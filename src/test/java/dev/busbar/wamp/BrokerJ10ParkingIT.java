package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10ParkingIT extends ParkingContract {
    BrokerJ10ParkingIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
