package dev.busbar.route;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Repeats
class RabbitMq10BrokerRetryIT extends BrokerRetryContract {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    RabbitMq10BrokerRetryIT() {
        super(RabbitMq10.at(node));
    }

    @Test
    void whatWaitsSurvivesTheDeathOfTheBroker() {
        everythingThatWaitsComesAgain(node);
    }
}
