package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMq10NextRouteIT extends NextRouteContract {
    private final RabbitNode node;

    RabbitMq10NextRouteIT(RabbitNode node) {
        super(RabbitMq10.at(node));
        this.node = node;
    }

    @Override
    void closeConnections() {
        node.closeAllConnections();
    }
}
