package dev.busbar.wamp;

import dev.busbar.testing.broker.EmbeddedBrokerJ;

class BrokerJWampTest extends WampContract {
    BrokerJWampTest() {
        super(EmbeddedBrokerJ.shared());
    }
}
