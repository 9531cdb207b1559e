package dev.busbar.faults;

import dev.busbar.testing.ArtemisNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.Artemis;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Repeats
class ArtemisBridgeKillIT extends BridgeKillContract {

    private static ArtemisNode node;

    @BeforeAll
    static void start(@TempDir Path folder) {
        node = ArtemisNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Override
    BrokerUnderTest broker() {
        return new Artemis(node.uri());
    }

    @Override
    int count() {
        return Soak.pick(3_000, 10_000);
    }
}
