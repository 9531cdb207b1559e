package dev.busbar.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, with a RabbitMQ. */
@ExtendWith(RabbitExtension.class)
class RabbitMqContractIT {

    private static RabbitNode node;

    private static final BrokerUnderTest RABBIT = new BrokerUnderTest() {
        @Override
        public BrokerUri uri() {
            return BrokerUri.parse(node.amqpUri());
        }

        @Override
        public Set<Ability> abilities() {
            return Set.of(Ability.values());
        }

        @Override
        public void blockPublishers() {
            node.blockPublishers();
        }

        @Override
        public void unblockPublishers() {
            node.unblockPublishers();
        }

        @Override
        public void limitChannels(int channels) {
            node.ctl("eval", "application:set_env(rabbit, channel_max, " + channels + ").");
        }

        @Override
        public void unlimitChannels() {
            limitChannels(2047);
        }

        @Override
        public void restart() {
            node.restart();
        }
    };

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        node = own;
    }

    @Nested
    class Connecting extends ConnectingContract {
        Connecting() {
            super(RABBIT);
        }
    }

    @Nested
    class Subscribing extends SubscribingContract {
        Subscribing() {
            super(RABBIT);
        }
    }

    @Nested
    class Settling extends SettlingContract {
        Settling() {
            super(RABBIT);
        }
    }

    @Nested
    class Publishing extends PublishingContract {
        Publishing() {
            super(RABBIT);
        }
    }

    @Nested
    class Carrying extends CarryingContract {
        Carrying() {
            super(RABBIT);
        }
    }

    @Nested
    class Declaring extends TopologyContract {
        Declaring() {
            super(RABBIT);
        }
    }

    @Nested
    class Recovering extends RecoveringContract {
        Recovering() {
            super(RABBIT);
        }
    }
}
