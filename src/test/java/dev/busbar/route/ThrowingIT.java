package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

class ThrowingIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class Over091 extends ThrowingContract {
        Over091(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class Over10 extends ThrowingContract {
        Over10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ extends ThrowingContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }
}
