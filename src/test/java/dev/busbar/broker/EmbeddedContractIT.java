package dev.busbar.broker;

import static dev.busbar.broker.Await.done;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, with Qpid Broker-J in this JVM, over AMQP 0-9-1. */
class EmbeddedContractIT {

    private static final Vertx VERTX = Vertx.vertx();
    private static EmbeddedBroker embedded;

    private static final BrokerUnderTest BROKER = new BrokerUnderTest() {
        @Override
        public BrokerUri uri() {
            return BrokerUri.parse(embedded.uri());
        }

        @Override
        public Set<Ability> abilities() {
            return Set.of();
        }

        @Override
        public void limitChannels(int channels) {
            // 256, as it comes.
        }

        @Override
        public void restart() {
            var port = embedded.port();
            done(embedded.stop());
            launch(port);
        }

        @Override
        public boolean ownsThread(String name) {
            return name.startsWith("IO-") || name.startsWith("virtualhost") || name.startsWith("VirtualHost");
        }
    };

    @BeforeAll
    static void start() {
        launch(0);
    }

    private static void launch(int port) {
        embedded = done(EmbeddedBroker.start(
                VERTX, new EmbeddedConfig("127.0.0.1", port, "memory", "guest", new Secret("guest"))));
    }

    @AfterAll
    static void stop() {
        done(embedded.stop());
        done(VERTX.close());
    }

    @Nested
    class Connecting extends ConnectingContract {
        Connecting() {
            super(BROKER);
        }
    }

    @Nested
    class Subscribing extends SubscribingContract {
        Subscribing() {
            super(BROKER);
        }
    }

    @Nested
    class Settling extends SettlingContract {
        Settling() {
            super(BROKER);
        }
    }

    @Nested
    class Publishing extends PublishingContract {
        Publishing() {
            super(BROKER);
        }
    }

    @Nested
    class Carrying extends CarryingContract {
        Carrying() {
            super(BROKER);
        }
    }

    @Nested
    class Declaring extends TopologyContract {
        Declaring() {
            super(BROKER);
        }
    }

    @Nested
    class Recovering extends RecoveringContract {
        Recovering() {
            super(BROKER);
        }
    }
}
