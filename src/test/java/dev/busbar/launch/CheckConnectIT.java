package dev.busbar.launch;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code check --connect} over both protocols. */
class CheckConnectIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends CheckConnectContract {
        OnRabbitMq(RabbitNode node) {
            super(node, "amqp");
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends CheckConnectContract {
        OnRabbitMq10(RabbitNode node) {
            super(node, "amqp10");
            Assumptions.assumeTrue(
                    node.release() != RabbitRelease.V3, "over AMQP 1.0 RabbitMQ 3 says only what exists");
        }
    }
}
