package dev.busbar.route;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Busbar beside what others have set up, over both protocols. */
@Slow
@ExtendWith(RabbitExtension.class)
class ExistingBrokerIT {

    private static RabbitNode node;

    @BeforeAll
    static void start() {
        node = RabbitNode.start(RabbitSettings.PLAIN.withTls());
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Nested
    class OnRabbitMq extends ExistingBrokerContract {
        OnRabbitMq() {
            super(node, new RabbitMq(node));
        }
    }

    @Nested
    class OnRabbitMq10 extends ExistingBrokerContract {
        OnRabbitMq10() {
            super(node, RabbitMq10.at(node));
        }
    }
}
