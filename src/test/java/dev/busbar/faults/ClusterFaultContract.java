package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Soak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, killed, stopped, held and started at random, each on its own, under messages for a route of each scope.
 * {@code -Dbusbar.seed} repeats the faults of an earlier run.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class ClusterFaultContract {

    private static final int MESSAGES = Soak.pick(1_500, 100_000);
    private static final Duration TIME = Soak.pick(Duration.ofSeconds(15), Duration.ofMinutes(2));

    private static final Duration PATIENCE = TIME.plusMinutes(5);

    @TempDir
    Path folder;

    /** The type of lasting queues. */
    abstract String type();

    /** The nodes of one broker. */
    abstract List<RabbitNode> broker();

    @Test
    void noneIsLostAndEachScopeHoldsWhateverHappensToTheNodes() {
        Seed.next().run("cluster, " + type(), random -> {
            var uris = broker().stream().map(RabbitNode::amqpUri).toList();
            var perSecond = (int) (MESSAGES / TIME.toSeconds());
            // Publishers may wait for ever for what RabbitMQ 3.10 was told while it deleted a quorum queue.
            try (var traffic = new ClusterTraffic(
                    folder, broker().get(0), uris, type(), ClusterTraffic.CLASSIC, true, perSecond)) {
                var log = new CopyOnWriteArrayList<String>();
                try {
                    run(traffic, random, log);
                } catch (Throwable e) {
                    throw new AssertionError(
                            "after\n  " + String.join("\n  ", log) + "\n" + traffic + "\n" + e.getMessage(), e);
                }
            }
        });
    }

    private void run(ClusterTraffic traffic, Random random, List<String> log) throws Exception {
        var nodes = new ArrayList<>(traffic.startAll());
        traffic.startPublishing();
        var threads = Executors.newFixedThreadPool(nodes.size());
        try {
            var away = new Semaphore(nodes.size() - 1);
            var well = new ArrayList<Future<ClusterNode>>();
            for (var node : nodes) {
                var faults = NodeFault.of(new Random(random.nextLong()), TIME);
                well.add(threads.submit(new NodeFaults(traffic, node, faults, TIME, away, log)));
            }
            nodes.clear();
            for (var node : well) {
                nodes.add(node.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        // Each fault can move the active node, and the way back another time.
        traffic.assertComplete(2 * log.size());
        System.err.println(traffic + "; " + log.size() + " faults");
        for (var node : nodes) {
            assertThat(node.stop()).isZero();
        }
        assertThat(traffic.queues()).isEqualTo(traffic.lastingQueues());
    }
}
