package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.BrokerJ;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Repeats
class BrokerJPersistentConsumerKillIT extends PersistentConsumerKillContract {

    private static BrokerJNode node;

    @BeforeAll
    static void start(@TempDir Path store) {
        node = BrokerJNode.start(store);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Override
    FaultyBroker node() {
        return node;
    }

    @Override
    BrokerUnderTest broker() {
        return new BrokerJ("amqp", node.port());
    }
}
