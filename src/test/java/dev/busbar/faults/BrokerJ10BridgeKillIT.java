package dev.busbar.faults;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerJ;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Repeats
class BrokerJ10BridgeKillIT extends BridgeKillContract {

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
    BrokerUnderTest broker() {
        return new BrokerJ("amqp10", node.port());
    }

    /** About a thousand persistent messages a second are what its store takes. */
    @Override
    int count() {
        return Soak.pick(2_000, 3_000);
    }
}
