package dev.busbar.faults;

import dev.busbar.testing.ActiveMqNode;
import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.ActiveMq;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@Repeats
class ActiveMqKillIT extends KillBrokerContract {

    private ActiveMqNode node;

    @BeforeEach
    void start(@TempDir Path folder) {
        node = ActiveMqNode.durable(folder);
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
        return new ActiveMq(node);
    }

    @Override
    boolean keepsTheOlderPart() {
        return true;
    }

    @Override
    int many() {
        return Soak.pick(3_000, 100_000);
    }

    @Override
    int fewer() {
        return Soak.pick(2_000, 5_000);
    }
}
