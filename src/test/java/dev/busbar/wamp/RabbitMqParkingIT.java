package dev.busbar.wamp;

import dev.busbar.broker.RabbitMq;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqParkingIT extends ParkingContract {
    RabbitMqParkingIT(RabbitNode node) {
        super(new RabbitMq(node));
    }
}
