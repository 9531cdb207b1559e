package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.PrivateNetwork;
import dev.busbar.testing.PrivateNetwork.Link;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.Slow;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that the network cuts off from the others, or from the broker, and finds again. */
@Timeout(600)
@ExtendWith(RabbitExtension.class)
class ClusterSplitIT {

    private static final Duration NOTICED = Duration.ofSeconds(60);
    private static final int PER_SECOND = 100;
    private static final int SOME = 200;

    @TempDir
    Path folder;

    private interface Scenario {
        void run(PrivateNetwork network, ClusterTraffic traffic, ClusterNode a, ClusterNode b, ClusterNode c)
                throws Exception;
    }

    private void run(Scenario scenario) throws Exception {
        try (var network = new PrivateNetwork();
                var broker = RabbitNode.start(RabbitSettings.PLAIN.at(network.brokerAddress()));
                var traffic = new ClusterTraffic(
                        folder,
                        broker,
                        List.of(broker.amqpUriAt(network.brokerAddress())),
                        ClusterTraffic.CLASSIC,
                        PER_SECOND)) {
            traffic.nodes.in(network);
            var nodes = traffic.startAll();
            var a = nodes.get(0);
            var b = nodes.get(1);
            var c = nodes.get(2);
            awaitMembers(3, a, b, c);
            traffic.startPublishing();
            traffic.awaitProgress(SOME);
            try {
                scenario.run(network, traffic, a, b, c);
            } catch (Throwable e) {
                throw new AssertionError(traffic + "\n" + e.getMessage(), e);
            }
        }
    }

    private static void awaitMembers(int count, ClusterNode... nodes) {
        for (var node : nodes) {
            await().atMost(NOTICED).untilAsserted(() -> {
                var view = node.members();
                assertThat(view.getJsonArray("members"))
                        .as("%s on %s", view, node.life())
                        .hasSize(count);
            });
        }
    }

    /** Whom it misses. */
    private static List<String> missing(ClusterNode node) {
        return node.members().getJsonArray("gone").stream()
                .map(JsonObject.class::cast)
                .filter(gone -> !gone.getBoolean("left"))
                .map(gone -> gone.getString("name"))
                .sorted()
                .toList();
    }

    private static void awaitCondition(ClusterNode node, Map<String, String> expected) {
        await().atMost(NOTICED)
                .untilAsserted(() ->
                        assertThat(node.conditions()).as("%s", node.life()).containsAllEntriesOf(expected));
    }

    @Slow
    @Test
    void aNodeCutOffFromTheOthersGoesOnAloneAndComesBack() throws Exception {
        run((network, traffic, a, b, c) -> {
            network.cut("a", Link.PEERS);
            // Nobody knows yet.
            traffic.awaitProgress(SOME);
            awaitMembers(1, a);
            awaitMembers(2, b, c);
            await().atMost(NOTICED).untilAsserted(() -> {
                assertThat(missing(a)).containsExactly("b", "c");
                assertThat(missing(b)).containsExactly("a");
                assertThat(missing(c)).containsExactly("a");
            });
            assertThat(a.health()).startsWith("200 ").contains("\"missing\":[\"");
            traffic.awaitProgress(SOME);

            network.mend("a", Link.PEERS);
            awaitMembers(3, a, b, c);
            await().atMost(NOTICED).untilAsserted(() -> {
                for (var node : List.of(a, b, c)) {
                    assertThat(missing(node)).as("missed on %s", node.life()).isEmpty();
                }
            });
            assertHear(a, b);
            assertHear(b, a);
            traffic.awaitProgress(SOME);
            traffic.assertComplete(0);
        });
    }

    /** What the first one sends reaches a handler of the second. */
    private static void assertHear(ClusterNode sender, ClusterNode handler) {
        var address = "from-" + sender.name();
        handler.tell("echo " + address);
        // A request may come before the handler is known at the sender; then another one is made.
        await().atMost(NOTICED).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
            sender.tell("request " + address + " 0 1");
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(sender.sent(address).safe()).isPositive());
        });
    }

    @Test
    @Slow
    void aNodeCutOffFromTheBrokerLeavesTheWorkToOthersAndComesBack() throws Exception {
        run((network, traffic, a, b, c) -> {
            var out = traffic.exchange() + ".out";
            try (var foreign = traffic.admin()) {
                foreign.declareQueue(out);
                foreign.bind(out, traffic.exchange(), "out.*");
            }
            awaitCondition(a, Map.of("singleton", "READY"));
            awaitCondition(b, Map.of("singleton", "STANDBY"));

            traffic.interrupted(a);
            network.cut("a", Link.BROKER);
            awaitCondition(a, Map.of("competing", "DOWN", "singleton", "DOWN", "lasting", "DOWN", "passing", "DOWN"));
            awaitMembers(3, a, b, c);
            await().atMost(NOTICED)
                    .untilAsserted(() -> assertThat(shownOf(a, b)).contains("down"));
            assertThat(a.health()).startsWith("503 ");
            assertThat(b.health()).startsWith("200 ");
            a.tell("request out 0 100");
            traffic.awaitProgress(SOME);
            assertThat(a.sent("out").safe()).isZero();

            network.mend("a", Link.BROKER);
            awaitCondition(
                    a, Map.of("competing", "READY", "singleton", "STANDBY", "lasting", "READY", "passing", "READY"));
            await().atMost(NOTICED).until(() -> a.sent("out").safe() == 100);
            assertThat(a.sent("out").failures()).isZero();
            traffic.awaitProgress(SOME);
            try (var foreign = traffic.admin()) {
                assertThat(foreign.status(out).messages()).isEqualTo(100);
                foreign.deleteQueue(out);
            }
            traffic.assertComplete(1);
        });
    }

    /** The conditions of one node's routes as the other shows them. */
    private static List<String> shownOf(ClusterNode node, ClusterNode shower) {
        return shower.members().getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .filter(member -> node.name().equals(member.getString("name")))
                .flatMap(member -> member.getJsonArray("routes").stream())
                .map(route -> ((JsonObject) route).getString("condition"))
                .toList();
    }
}
