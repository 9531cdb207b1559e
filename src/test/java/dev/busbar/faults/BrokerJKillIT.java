package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerJ;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Its Derby store takes about a thousand messages a second: so there are fewer of them, except with
 * {@code -Dbusbar.soak}, when it takes a quarter of an hour. Each test has a store of its own, as the time to recover
 * one grows with all it ever held.
 */
@Repeats
class BrokerJKillIT extends KillBrokerContract {

    private BrokerJNode node;

    @BeforeEach
    void start(@TempDir Path folder) {
        node = BrokerJNode.start(folder);
    }

    @AfterEach
    void end() {
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

    @Override
    boolean keepsTheOlderPart() {
        return false;
    }

    @Override
    int many() {
        return Soak.pick(1_500, 100_000);
    }

    @Override
    int fewer() {
        return Soak.pick(1_000, 10_000);
    }
}
