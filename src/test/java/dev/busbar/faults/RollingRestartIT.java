package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
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
@Repeats
class RollingRestartIT {

    private static final int PER_SECOND = 100;
    private static final int SOME = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(5);
    private static final Duration AFTER_A_STOP = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostAndNoQueueStaysThatShouldBeGone(@PrivateNode RabbitNode broker) throws Exception {
        try (var traffic = traffic(broker)) {
            var nodes = traffic.startAll();
            traffic.startPublishing();
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
    void anotherNodeIsActiveWithinSecondsOfAKillAndAtOnceAfterAStop(@PrivateNode RabbitNode broker) throws Exception {
        try (var traffic = traffic(broker)) {
            traffic.startAll();
            traffic.startPublishing();
            traffic.awaitProgress(SOME);

            var killed = active(traffic);
            assertThat(standstill(traffic, CompletableFuture.runAsync(killed::kill)))
                    .isLessThan(AFTER_A_KILL);
            var stopped = active(traffic);
            assertThat(standstill(traffic, CompletableFuture.runAsync(stopped::stop)))
                    .isLessThan(AFTER_A_STOP);

            traffic.start(List.of(killed.name(), stopped.name()));
            traffic.assertComplete(2);
            assertThat(traffic.singleton.changes()).isEqualTo(2);
        }
    }

    private static ClusterNode active(ClusterTraffic traffic) {
        var life = traffic.singleton.active();
        return traffic.nodes.latest().stream()
                .filter(node -> node.life().equals(life))
                .findFirst()
                .orElseThrow();
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
