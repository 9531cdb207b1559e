package dev.busbar.faults;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Slow
class ClusterFaultsIT extends ClusterFaultContract {

    private RabbitNode node;

    @BeforeEach
    void use(@PrivateNode RabbitNode own) {
        node = own;
    }

    @Override
    String type() {
        return ClusterTraffic.CLASSIC;
    }

    @Override
    List<RabbitNode> broker() {
        return List.of(node);
    }
}
