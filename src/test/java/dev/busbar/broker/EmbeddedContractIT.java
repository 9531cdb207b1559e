package dev.busbar.broker;

import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests the contract with Qpid Broker-J in this JVM, over AMQP 0-9-1. */
class EmbeddedContractIT extends EveryContract {

    private static EmbeddedBrokerJ own;

    @BeforeAll
    static void start() {
        own = EmbeddedBrokerJ.start();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Override
    BrokerUnderTest broker() {
        return own;
    }
}
