package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of RabbitMQ's nodes is killed, the one that the bridges are connected to and that leads the queues. */
@Timeout(600)
@ExtendWith(RabbitExtension.class)
class QuorumNodeDownIT {

    private static final int PER_SECOND = 100;
    private static final int SOME = 200;
    private static final String TRANSIENT = "transient";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "amqp10"})
    void of_three_the_routes_go_on_without_it(
            String scheme, @PrivateNode RabbitNode one, @PrivateNode RabbitNode other, @PrivateNode RabbitNode third)
            throws Exception {
        assumeTrue(scheme.equals("amqp") || one.release() != RabbitRelease.V3, "RabbitMQ 3 declares nothing over 1.0");
        other.join(one);
        third.join(one);
        if (one.release() == RabbitRelease.V4) {
            assertThat(one.ctl("eval", "rabbit_khepri:is_enabled().").strip()).isEqualTo("true");
        }
        run(List.of(other, one, third), scheme, one, killed -> {});
    }

    @Test
    void of_two_the_routes_wait_for_it_and_lose_nothing(@PrivateNode RabbitNode one, @PrivateNode RabbitNode other)
            throws Exception {
        other.join(one);
        run(List.of(other, one), "amqp", one, killed -> {
            // A majority of two is two.
            TimeUnit.SECONDS.sleep(3);
            killed.start();
        });
    }

    private interface Remedy {
        void apply(RabbitNode killed) throws Exception;
    }

    private void run(List<RabbitNode> brokers, String scheme, RabbitNode ofPublisher, Remedy remedy) throws Exception {
        var uris = brokers.stream()
                .map(scheme.equals("amqp") ? RabbitNode::amqpUri : RabbitNode::amqp10Uri)
                .toList();
        // With Khepri a dead node's transient queues are bound until it is back, and what goes to one of them is
        // refused.
        var transients = ofPublisher.release() == RabbitRelease.V3;
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
                    .isEqualTo(killed.isRunning() || killed.release() == RabbitRelease.V3);
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
