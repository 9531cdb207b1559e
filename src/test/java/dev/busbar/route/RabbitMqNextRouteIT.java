package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqNextRouteIT extends NextRouteContract {
    private final RabbitNode node;

    RabbitMqNextRouteIT(RabbitNode node) {
        super(new RabbitMq(node));
        this.node = node;
    }

    @Override
    void closeConnections() {
        node.closeAllConnections();
    }
}
