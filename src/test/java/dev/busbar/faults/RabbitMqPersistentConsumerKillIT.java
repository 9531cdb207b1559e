package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqPersistentConsumerKillIT extends PersistentConsumerKillContract {

    private final RabbitNode node;

    RabbitMqPersistentConsumerKillIT(@PrivateNode RabbitNode own) {
        node = own;
    }

    @Override
    FaultyBroker node() {
        return node;
    }

    @Override
    BrokerUnderTest broker() {
        return new RabbitMq(node);
    }
}
