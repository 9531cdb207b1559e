package dev.busbar.wamp;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJParkingIT extends ParkingContract {
    BrokerJParkingIT() {
        super(EmbeddedBrokerJ.shared());
    }

    /** It is not reached as the embedded one here, and knows none of RabbitMQ's arguments. */
    @Override
    protected String parking(String more) {
        var most = more.contains("'messages': 3") ? 3 : 10_000;
        return more + "'arguments': {'overflowPolicy': 'RING', 'maximumQueueDepthMessages': " + most + "},";
    }
}
