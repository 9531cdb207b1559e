package dev.busbar.faults;

import dev.busbar.testing.FaultyBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Its Derby store takes about a thousand messages a second: so there are fewer of them, except with
 * {@code -Dbusbar.soak}.
 */
class BrokerJKillIT extends KillBrokerScenarios {

    private static BrokerJNode node;

    @BeforeAll
    static void start(@TempDir Path folder) {
        node = BrokerJNode.start(folder.resolve("store"));
    }

    @AfterAll
    static void end() {
        node.close();
    }

    @Override
    FaultyBroker broker() {
        return node;
    }

    @Override
    int many() {
        return System.getProperty("busbar.soak") == null ? 5_000 : 100_000;
    }

    @Override
    int fewer() {
        return System.getProperty("busbar.soak") == null ? 4_000 : 30_000;
    }
}
