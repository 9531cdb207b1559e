package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
@Repeats
class RabbitMq10PersistentConsumerKillIT extends PersistentConsumerKillContract {

    private final RabbitNode node;

    RabbitMq10PersistentConsumerKillIT(@PrivateNode RabbitNode own) {
        node = own;
    }

    @Override
    BrokerUnderTest broker() {
        return RabbitMq10.at(node);
    }

    @Override
    FaultyBroker node() {
        return node;
    }
}
