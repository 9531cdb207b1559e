package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All nodes replaced under load, and how soon another one is active. */
@Timeout(600)
@ExtendWith(RabbitExtension.class)
class RollingRestartIT {

    private static final int PER_SECOND = 100;
    private static final int SOME = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(5);
    private static final Duration AFTER_A_STOP = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_and_no_queue_stays_that_should_be_gone(@PrivateNode RabbitNode broker) throws Exception {
        try (var traffic = traffic(broker)) {
            for (var name : ClusterTraffic.NODES) {
                traffic.start(name);
            }
            traffic.startPublishing();
            var nodes = traffic.nodes.latest();
            for (var node : nodes) {
                traffic.awaitProgress(SOME);
                assertThat(traffic.queues()).contains(traffic.resting(node.name()));
                assertThat(node.stop()).isZero();
                assertThat(traffic.queues())
                        .doesNotContain(traffic.resting(node.name()))
                        .containsAll(traffic.lastingQueues());
                traffic.awaitProgress(SOME);
                traffic.start(node.name());
            }
            traffic.awaitProgress(SOME);
            traffic.assertComplete(nodes.size());
            // One that is stopped cleanly settles what it has handled; what it has not, the next sees first.
            assertThat(traffic.singleton.repeated()
                            + traffic.lasting.repeatedOnNode()
                            + traffic.resting.repeatedOnNode())
                    .as("%s", traffic)
                    .isZero();
            for (var node : traffic.nodes.latest()) {
                assertThat(node.stop()).isZero();
            }
            assertThat(traffic.queues()).isEqualTo(traffic.lastingQueues());
        }
    }

    @Test
    void another_node_is_active_within_seconds_of_a_kill_and_at_once_after_a_stop(@PrivateNode RabbitNode broker)
            throws Exception {
        try (var traffic = traffic(broker)) {
            var a = traffic.start("a");
            var b = traffic.start("b");
            traffic.start("c");
            traffic.startPublishing();
            traffic.awaitProgress(SOME);

            assertThat(standstill(traffic, CompletableFuture.runAsync(a::kill))).isLessThan(AFTER_A_KILL);
            assertThat(standstill(traffic, CompletableFuture.runAsync(b::stop))).isLessThan(AFTER_A_STOP);

            traffic.start("a");
            traffic.start("b");
            traffic.assertComplete(2);
            assertThat(traffic.singleton.changes()).isEqualTo(2);
        }
    }

    /** How long nobody handled a message of the singleton's while this happened. */
    private static Duration standstill(ClusterTraffic traffic, CompletableFuture<Void> end) {
        var goal = traffic.singleton.seen() + SOME;
        return new Standstill(traffic.singleton::seen)
                .until(() -> end.isDone() && traffic.singleton.seen() >= goal, PATIENCE);
    }

    private ClusterTraffic traffic(RabbitNode broker) throws Exception {
        return new ClusterTraffic(folder, broker, List.of(broker.amqpUri()), ClusterTraffic.CLASSIC, PER_SECOND);
    }
}
