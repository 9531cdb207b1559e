package dev.busbar.route;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqStreamIT extends StreamContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    RabbitMqStreamIT() {
        super(new RabbitMq(node), node);
    }
}
