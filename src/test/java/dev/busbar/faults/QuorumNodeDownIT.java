package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One of RabbitMQ's nodes is killed, the one that the bridges are connected to and that leads the queues. */
@Timeout(600)
@ExtendWith(RabbitExtension.class)
class QuorumNodeDownIT {

    private static final int PER_SECOND = 100;
    private static final int SOME = 200;

    @TempDir
    Path folder;

    @Test
    void of_three_the_routes_go_on_without_it(
            @PrivateNode RabbitNode one, @PrivateNode RabbitNode other, @PrivateNode RabbitNode third)
            throws Exception {
        other.join(one);
        third.join(one);
        run(List.of(other, one, third), one, killed -> {});
    }

    @Test
    void of_two_the_routes_wait_for_it_and_lose_nothing(@PrivateNode RabbitNode one, @PrivateNode RabbitNode other)
            throws Exception {
        other.join(one);
        run(List.of(other, one), one, killed -> {
            // A majority of two is two.
            TimeUnit.SECONDS.sleep(3);
            killed.start();
        });
    }

    private interface Remedy {
        void apply(RabbitNode killed) throws Exception;
    }

    private void run(List<RabbitNode> brokers, RabbitNode ofPublisher, Remedy remedy) throws Exception {
        var uris = brokers.stream().map(RabbitNode::amqpUri).toList();
        try (var traffic = new ClusterTraffic(folder, ofPublisher, uris, ClusterTraffic.QUORUM, PER_SECOND)) {
            var nodes = traffic.startAll();
            traffic.startPublishing();
            traffic.awaitProgress(SOME);

            nodes.forEach(traffic::interrupted);
            var killed = brokers.get(0);
            killed.kill();
            remedy.apply(killed);

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                for (var node : nodes) {
                    assertThat(node.conditions().values())
                            .as("%s: %s", node.life(), node.conditions())
                            .isSubsetOf("READY", "STANDBY");
                }
            });
            traffic.awaitProgress(SOME);
            if (killed.release().isAtLeast(RabbitRelease.V4) && !killed.isRunning()) {
                // Until then 4.3 confirms nothing that goes to an exclusive queue there too, though others have it.
                killed.start();
            }
            traffic.assertComplete(nodes.size());
        }
    }
}
