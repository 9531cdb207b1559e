package dev.busbar.faults;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Repeats
class RabbitMq10BridgeKillIT extends BridgeKillContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(RabbitNode shared) {
        node = shared;
    }

    @Override
    BrokerUnderTest broker() {
        return RabbitMq10.at(node);
    }

    @Override
    int count() {
        return Soak.pick(5_000, 50_000);
    }
}
