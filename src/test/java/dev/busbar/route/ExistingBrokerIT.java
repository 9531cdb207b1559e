package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Busbar beside what others have set up, over both protocols. */
@Slow
class ExistingBrokerIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends ExistingBrokerContract {
        OnRabbitMq(RabbitNode node) {
            super(node, new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends ExistingBrokerContract {
        OnRabbitMq10(RabbitNode node) {
            super(node, RabbitMq10.at(node));
        }
    }
}
