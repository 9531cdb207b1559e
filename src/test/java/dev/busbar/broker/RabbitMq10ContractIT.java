package dev.busbar.broker;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the contract with a RabbitMQ over AMQP 1.0: release 3 as far as its plugin goes, later ones natively. */
@ExtendWith(RabbitExtension.class)
class RabbitMq10ContractIT extends EveryContract {

    private static BrokerUnderTest rabbit;

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        rabbit = RabbitMq10.at(own);
    }

    @Override
    BrokerUnderTest broker() {
        return rabbit;
    }
}
