package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Repeats
class RabbitMq10FullBufferIT extends FullBufferContract {
    RabbitMq10FullBufferIT(RabbitNode node) {
        super(RabbitMq10.at(node));
    }
}
