package dev.busbar.wamp;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqWampIT extends WampContract {
    RabbitMqWampIT(RabbitNode node) {
        super(new RabbitMq(node));
    }
}
