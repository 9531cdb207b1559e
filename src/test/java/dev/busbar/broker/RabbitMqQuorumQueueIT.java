package dev.busbar.broker;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the contract of quorum queues over both protocols. */
@ExtendWith(RabbitExtension.class)
class RabbitMqQuorumQueueIT {

    private static RabbitNode node;

    @BeforeAll
    static void take(RabbitNode shared) {
        Assumptions.assumeTrue(shared.release() != RabbitRelease.V3, "quorum queues of RabbitMQ 3 have none of it");
        node = shared;
    }

    @Nested
    class Over091 extends QuorumQueueContract {
        Over091() {
            super(new RabbitMq(node), node.release() == RabbitRelease.V4);
        }
    }

    @Nested
    class Over10 extends QuorumQueueContract {
        Over10() {
            super(RabbitMq10.at(node), node.release() == RabbitRelease.V4);
        }
    }
}
