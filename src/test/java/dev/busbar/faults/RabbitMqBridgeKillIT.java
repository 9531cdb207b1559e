package dev.busbar.faults;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqBridgeKillIT extends BridgeKillContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(RabbitNode shared) {
        node = shared;
    }

    @Override
    BrokerUnderTest broker() {
        return new RabbitMq(node);
    }

    @Override
    int count() {
        return Soak.pick(5_000, 50_000);
    }
}
