package dev.busbar.route;

import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
@Repeats
class RabbitMq3Over10SlowHandlerIT extends SlowHandlerContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = impatient(own);
    }

    RabbitMq3Over10SlowHandlerIT() {
        super(RabbitMq10.at(node), node);
    }
}
