package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJWampTest extends WampContract {
    BrokerJWampTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
