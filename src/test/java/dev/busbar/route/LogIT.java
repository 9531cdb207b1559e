package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

class LogIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class Over091 extends LogContract {
        Over091(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class Over10 extends LogContract {
        Over10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ extends LogContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }
}
