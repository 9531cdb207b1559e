package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user of RabbitMQ has to be permitted, over both protocols. */
@Slow
class LeastPermissionIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends LeastPermissionContract {
        OnRabbitMq(RabbitNode node) {
            super(node, new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends LeastPermissionContract {
        OnRabbitMq10(RabbitNode node) {
            super(node, RabbitMq10.at(node));
        }
    }
}
