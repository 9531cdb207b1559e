package dev.busbar.faults;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes of RabbitMQ keep the queues. */
@ExtendWith(RabbitExtension.class)
@Repeats
class QuorumClusterFaultsIT extends ClusterFaultContract {

    private RabbitNode first;
    private RabbitNode second;

    @BeforeEach
    void join(@PrivateNode RabbitNode one, @PrivateNode RabbitNode other) {
        other.join(one);
        first = one;
        second = other;
    }

    @Override
    String type() {
        return ClusterTraffic.QUORUM;
    }

    @Override
    List<RabbitNode> broker() {
        return List.of(first, second);
    }
}
