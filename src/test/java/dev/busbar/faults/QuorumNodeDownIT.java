package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Slow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One of RabbitMQ's nodes is killed, the one that the bridges are connected to and that leads the queues. */
@Timeout(600)
@ExtendWith(RabbitExtension.class)
class QuorumNodeDownIT {

    private static final int PER_SECOND = 40;
    private static final int SOME = 100;
    private static final String TRANSIENT = "transient";

    @TempDir
    Path folder;

    @Slow
    @Test
    void ofThreeTheRoutesGoOnWithoutIt(
            @PrivateNode RabbitNode one, @PrivateNode RabbitNode other, @PrivateNode RabbitNode third)
            throws Exception {
        runOfThree(RabbitNode::amqpUri, one, other, third);
    }

    @Test
    @Repeats
    void overAmqp10Too(@PrivateNode RabbitNode one, @PrivateNode RabbitNode other, @PrivateNode RabbitNode third)
            throws Exception {
        assumeTrue(one.release() != RabbitRelease.V3, "RabbitMQ 3 declares nothing over 1.0");
        runOfThree(RabbitNode::amqp10Uri, one, other, third);
    }

    private void runOfThree(Function<RabbitNode, String> uri, RabbitNode one, RabbitNode other, RabbitNode third)
            throws Exception {
        other.join(one);
        third.join(one);
        if (one.release() == RabbitRelease.V4) {
            assertThat(one.ctl("eval", "rabbit_khepri:is_enabled().").strip()).isEqualTo("true");
        }
        run(List.of(other, one, third), uri, one, killed -> {});
    }

    @Test
    @Repeats
    void ofTwoTheRoutesWaitForItAndLoseNothing(@PrivateNode RabbitNode one, @PrivateNode RabbitNode other)
            throws Exception {
        other.join(one);
        run(List.of(other, one), RabbitNode::amqpUri, one, killed -> {
            // A majority of two is two.
            TimeUnit.SECONDS.sleep(3);
            killed.start();
        });
    }

    private interface Remedy {
        void apply(RabbitNode killed) throws Exception;
    }

    private void run(List<RabbitNode> brokers, Function<RabbitNode, String> uri, RabbitNode ofPublisher, Remedy remedy)
            throws Exception {
        var uris = brokers.stream().map(uri).toList();
        // With Khepri a dead node's transient queues are bound until it is back, and what goes to one of them is
        // refused.
        var transients = ofPublisher.release() != RabbitRelease.V4;
        try (var traffic = new ClusterTraffic(
                folder, ofPublisher, uris, ClusterTraffic.QUORUM, ClusterTraffic.QUORUM, transients, PER_SECOND)) {
            var nodes = traffic.startAll();
            traffic.startPublishing();
            traffic.awaitProgress(SOME);

            nodes.forEach(traffic::interrupted);
            var killed = brokers.get(0);
            bindATransientQueue(killed, traffic.exchange());
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
            traffic.assertComplete(nodes.size());
            // The guide to brokers says so.
            assertThat(isConfirmed(ofPublisher, traffic.exchange()))
                    .isEqualTo(killed.isRunning() || killed.release() != RabbitRelease.V4);
        }
    }

    private static void bindATransientQueue(RabbitNode node, String exchange) throws Exception {
        var foreign = new Foreign(node.amqpUri());
        var queue = foreign.channel.queueDeclare().getQueue();
        foreign.channel.queueBind(queue, exchange, TRANSIENT);
    }

    private static boolean isConfirmed(RabbitNode node, String exchange) throws Exception {
        try (var foreign = new Foreign(node.amqpUri())) {
            foreign.channel.confirmSelect();
            foreign.publish(exchange, TRANSIENT, "{}");
            return foreign.channel.waitForConfirms(20_000);
        }
    }
}
