package dev.busbar.broker;

import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests the contract with ActiveMQ Artemis in this JVM, over AMQP 1.0. */
class ArtemisContractIT extends EveryContract {

    private static EmbeddedArtemis own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        own = EmbeddedArtemis.durable(folder);
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Override
    BrokerUnderTest broker() {
        return new ArtemisHere(own);
    }
}
