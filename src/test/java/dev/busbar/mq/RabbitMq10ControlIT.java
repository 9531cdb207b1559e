package dev.busbar.mq;

import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
@Repeats
class RabbitMq10ControlIT extends ControlContract {
    RabbitMq10ControlIT(RabbitNode node) {
        super(RabbitMq10.at(node));
    }
}
