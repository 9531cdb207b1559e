package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Repeats
class RabbitMq10KillIT extends KillBrokerContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    @AfterEach
    void revive() {
        if (!node.isRunning()) {
            node.start();
        }
    }

    @Override
    FaultyBroker node() {
        return node;
    }

    @Override
    BrokerUnderTest broker() {
        return RabbitMq10.at(node);
    }

    @Override
    boolean keepsTheOlderPart() {
        return true;
    }

    @Override
    int many() {
        return Soak.pick(8_000, 100_000);
    }

    @Override
    int fewer() {
        return Soak.pick(4_000, 30_000);
    }
}
