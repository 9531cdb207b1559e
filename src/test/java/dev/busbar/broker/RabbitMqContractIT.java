package dev.busbar.broker;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the contract with a RabbitMQ over AMQP 0-9-1. */
@ExtendWith(RabbitExtension.class)
class RabbitMqContractIT extends EveryContract {

    private static BrokerUnderTest rabbit;

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        rabbit = new RabbitMq(own);
    }

    @Override
    BrokerUnderTest broker() {
        return rabbit;
    }
}
