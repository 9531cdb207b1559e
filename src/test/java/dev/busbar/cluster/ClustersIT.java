package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.config.ClusterConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the nodes of a cluster in one JVM, with each cluster manager. */
@Timeout(300)
class ClustersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Vertx> started = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var vertx : started) {
            get(vertx.close());
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static ClusterConfig config(String yaml) {
        return ConfigLoader.parse("broker: {uri: 'amqp://h'}\ncluster: " + yaml, "test")
                .orThrow()
                .cluster();
    }

    private Vertx start(String yaml) throws Exception {
        return start(new VertxOptions(), yaml);
    }

    private Vertx start(VertxOptions options, String yaml) throws Exception {
        var vertx = get(Clusters.start(options, config(yaml)));
        started.add(vertx);
        return vertx;
    }

    private static Membership join(Vertx vertx, String name) throws Exception {
        return get(Membership.join(
                vertx, new Node(Node.of(vertx, config("{node: x}")).id(), name), JsonArray::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazelcast", "infinispan"})
    void nodesFindEachOtherByTheListOfMembers(String manager) throws Exception {
        assumeTrue(
                manager.equals("hazelcast") || Runtime.version().feature() < 24,
                "Infinispan 14 asks Java for a subject, which it gives to nobody any more since 24");
        var first = FreePort.next();
        var second = FreePort.next();
        var yaml = "{manager: " + manager + ", enabled: true, name: c" + first + ", port: %d, members: ['127.0.0.1:"
                + first + "', '127.0.0.1:" + second + "']}";
        var a = start(yaml.formatted(first));
        var b = start(yaml.formatted(second));
        var onA = join(a, "a");
        var onB = join(b, "b");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(onA.view()).getJsonArray("members").stream()
                                .map(it -> ((JsonObject) it).getString("name")))
                        .containsExactlyInAnyOrder("a", "b"));
        assertThatThrownBy(() -> get(onA.requireOwnName("x").compose(ok -> Future.failedFuture("unique"))))
                .hasMessageContaining("unique");

        get(onB.leave());
        get(b.close());
        await().atMost(PATIENCE).untilAsserted(() -> {
            var gone = get(onA.view()).getJsonArray("gone");
            assertThat(gone).hasSize(1);
            assertThat(gone.getJsonObject(0).getString("name")).isEqualTo("b");
            assertThat(gone.getJsonObject(0).getBoolean("left")).isTrue();
        });
        assertThat(onA.missing()).isEmpty();
        get(onA.leave());
    }

    @Test
    void twoNodesOfOneNameAreToldApart() throws Exception {
        var first = FreePort.next();
        var a = start("{enabled: true, port: " + first + "}");
        var b = start("{enabled: true, port: " + FreePort.next() + ", members: '127.0.0.1:" + first + "'}");
        join(a, "same");
        var onB = join(b, "same");

        assertThatThrownBy(() -> get(onB.requireOwnName("it matters")))
                .hasMessageContainingAll("cluster.node = same", "it matters", "Give each node a name of its own");
    }

    @Test
    void aNodeOfOnesNameThatIsSlowToAnswerIsFound() throws Exception {
        var first = FreePort.next();
        var a = start(new VertxOptions().setEventLoopPoolSize(1), "{enabled: true, port: " + first + "}");
        var b = start("{enabled: true, port: " + FreePort.next() + ", members: '127.0.0.1:" + first + "'}");
        join(a, "same");
        var onB = join(b, "same");
        var blocked = new CountDownLatch(1);
        a.runOnContext(ignored -> hold(blocked));
        b.setTimer(2_500, id -> blocked.countDown());

        assertThatThrownBy(() -> get(onB.requireOwnName("it matters"))).hasMessageContaining("cluster.node = same");
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Between nodes a body is JSON text: a date arrives as text, and is read as a date nevertheless. */
    @Test
    void aDateIsReadAsADateOnAnotherNode() throws Exception {
        var first = FreePort.next();
        var a = start("{enabled: true, port: " + first + "}");
        var b = start("{enabled: true, port: " + FreePort.next() + ", members: '127.0.0.1:" + first + "'}");
        var at = Instant.parse("2014-03-01T12:00:00.25Z");
        get(b.eventBus()
                .<JsonObject>consumer(
                        "x",
                        message -> message.reply(new JsonObject()
                                .put("same", at.equals(message.body().getInstant("at")))
                                .put("at", message.body().getInstant("at"))))
                .completion());

        var reply = get(a.eventBus().<JsonObject>request("x", new JsonObject().put("at", at)));

        assertThat(reply.body().getBoolean("same")).isTrue();
        assertThat(reply.body().getInstant("at")).isEqualTo(at);
    }

    @Test
    void aFileIsUsedAsItIs(@TempDir Path folder) throws Exception {
        var port = FreePort.next();
        var file = Files.writeString(folder.resolve("hazelcast.xml"), """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <cluster-name>by-file</cluster-name>
                  <network>
                    <port auto-increment="false">%d</port>
                    <join><multicast enabled="false"/><tcp-ip enabled="true"/></join>
                    <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
                  </network>
                  <multimap name="__vertx.subs"><value-collection-type>SET</value-collection-type></multimap>
                </hazelcast>
                """.formatted(port));
        start("{enabled: true, file: '" + file + "'}");

        var b = start(
                "{enabled: true, name: by-file, port: " + FreePort.next() + ", members: '127.0.0.1:" + port + "'}");

        assertThat(join(b, "b").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "eventBus"})
    void aPortThatIsTakenIsNamed(String which) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            var yaml = which.equals("port")
                    ? "{enabled: true, port: " + port + "}"
                    : "{enabled: true, port: " + FreePort.next() + ", eventBus: {port: " + port + "}}";

            assertThatThrownBy(() -> start(yaml))
                    .cause()
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContainingAll(
                            which.equals("port") ? "cluster.port = " + port : "cluster.eventBus.port = " + port,
                            "is in use");
        }
    }

    @Test
    void aNodeThatIsAloneIsToldWhy() throws Exception {
        var first = FreePort.next();
        var down = FreePort.next();
        start("{enabled: true, name: other, port: " + first + "}");
        var yaml = "{enabled: true, port: " + FreePort.next() + ", members: ['127.0.0.1:" + first + "', '127.0.0.1:"
                + down + "']}";
        var alone = start(yaml);
        join(alone, "alone");

        assertThat(get(PeerCheck.missing(alone, config(yaml))))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains(":" + first, "compare cluster.name"),
                        line -> assertThat(line).contains(":" + down, "cannot be reached"));
    }
}
