package dev.busbar.broker;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flags of queues on each broker that declares them; RabbitMQ 3 does not over AMQP 1.0. */
class QueueFlagsIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends QueueFlagsContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends QueueFlagsContract {
        private final RabbitNode node;

        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
            this.node = node;
        }

        @BeforeEach
        void requireDeclaring() {
            Assumptions.assumeTrue(node.release().isAtLeast(RabbitRelease.V4_0), "RabbitMQ 3 declares nothing");
        }
    }

    @Nested
    class OnBrokerJ extends QueueFlagsContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends QueueFlagsContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class OnArtemis extends QueueFlagsContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }
    }
}
