package dev.busbar.hub;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqHubIT extends HubContract {
    RabbitMqHubIT(RabbitNode node) {
        super(new RabbitMq(node));
    }
}
