package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each scope on nodes that are JVMs of their own, some of which are killed, held and stopped. */
@Timeout(300)
@ExtendWith(RabbitExtension.class)
class ScopesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

    private final String exchange = "sc-" + UUID.randomUUID();

    @TempDir
    Path folder;

    private RabbitMq broker;
    private Admin foreign;

    @BeforeEach
    void declare(RabbitNode shared) {
        broker = new RabbitMq(shared);
        foreign = broker.admin();
        foreign.declareExchange(exchange, "topic");
    }

    @AfterEach
    void remove() {
        foreign.deleteExchange(exchange);
        foreign.close();
    }

    private ClusterNodes nodes(String route, String... names) throws IOException {
        return nodes(route, List.of("in"), names);
    }

    private ClusterNodes nodes(String route, List<String> handled, String... names) throws IOException {
        var base = new JsonObject()
                .put("broker", new JsonObject().put("uri", broker.uriText()))
                .put("exchange", exchange)
                .put("routes", new JsonArray().add(new JsonObject(route.formatted(exchange))));
        return new ClusterNodes(folder, base, handled, names);
    }

    private void publish(int from, int to) {
        var bodies = IntStream.range(from, to).mapToObj(n -> "{\"n\":" + n + "}");
        foreign.publish(exchange, "in.x", bodies.toArray(String[]::new));
    }

    private static int seen(ClusterNode... nodes) {
        return Stream.of(nodes).mapToInt(node -> node.seen("in").seen()).sum();
    }

    private static void awaitSeen(int count, ClusterNode... nodes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen(nodes)).isEqualTo(count));
    }

    @Test
    void competingNodesShareTheMessagesAndTakeOverThoseOfOneThatIsKilled() throws Exception {
        var route = """
                {"name": "in", "from": {"filter": "in.*", "queue": "%1$s"},
                 "to": {"address": "in", "delivery": "request"}, "timeout": "5s"}""";
        try (var nodes = nodes(route, "a", "b", "c").instances(2)) {
            var a = nodes.start("a");
            var b = nodes.start("b");
            var handlers = nodes.startHandlers("c");
            publish(0, 300);
            await().atMost(PATIENCE).until(() -> nodes.seen("in").size() == 300);
            assertThat(List.of(a, b, handlers))
                    .allSatisfy(node -> assertThat(node.seen("in").seen()).isPositive());

            a.kill();
            publish(300, 600);
            // What a was about to handle or to settle comes again.
            await().atMost(PATIENCE).until(() -> nodes.seen("in").size() == 600);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(foreign.status(exchange).messages()).isZero());
        } finally {
            foreign.deleteQueue(exchange);
        }
    }

    @Slow
    @Test
    void eachNodeAndNotEachInstanceGetsAMessageOfScopePerNode() throws Exception {
        var route = """
                {"name": "in", "from": {"filter": "in.*"}, "to": {"address": "in"}}""";
        try (var nodes = nodes(route, "a", "b", "c").instances(2)) {
            var a = nodes.start("a");
            var b = nodes.start("b");
            var handlers = nodes.startHandlers("c");
            publish(0, 100);
            awaitSeen(100, a);
            awaitSeen(100, b);

            a.kill();
            publish(100, 200);
            awaitSeen(200, b);
            assertThat(b.seen("in").again()).isZero();
            assertThat(seen(handlers)).isZero();
        }
    }

    @Slow
    @Test
    void aLastingQueueOfANodeKeepsWhatComesWhileItIsAway() throws Exception {
        var route = """
                {"name": "in", "scope": "per-node", "to": {"address": "in", "delivery": "request"},
                 "from": {"filter": "in.*", "queue": {"name": "%1$s.{node}", "life": "until-stop"}}}""";
        try (var nodes = nodes(route, "a", "b")) {
            var a = nodes.start("a");
            var b = nodes.start("b");
            publish(0, 50);
            awaitSeen(50, a);
            awaitSeen(50, b);

            a.kill();
            publish(50, 100);
            awaitSeen(100, b);
            var again = nodes.start("a");
            // And perhaps what was not settled at its end.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(again.seen("in").seen()).isGreaterThanOrEqualTo(50));

            assertThat(again.stop()).isZero();
            assertThat(foreign.queueExists(exchange + ".a")).isFalse();
            assertThat(foreign.queueExists(exchange + ".b")).isTrue();
            assertThat(b.stop()).isZero();
            assertThat(foreign.queueExists(exchange + ".b")).isFalse();
        }
    }

    @Slow
    @Test
    void aSingletonHasOneActiveNodeAndAnotherTakesOverInOrder() throws Exception {
        var route = """
                {"name": "in", "from": {"filter": "in.*", "queue": "%1$s"}, "scope": "singleton",
                 "to": {"address": "in", "delivery": "request"}}""";
        try (var nodes = nodes(route, List.of(), "a", "b", "c", "d").instances(2)) {
            // Where no handler dies none has to be asked again, which would be out of order.
            var handlers = nodes.startHandlers("d");
            handlers.tell("handle in");
            var a = nodes.start("a");
            var b = nodes.start("b");
            var c = nodes.start("c");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(a.conditions()).isEqualTo(Map.of("in", "READY"));
                assertThat(b.conditions()).isEqualTo(Map.of("in", "STANDBY"));
                assertThat(c.conditions()).isEqualTo(Map.of("in", "STANDBY"));
            });
            publish(0, 100);
            await().atMost(PATIENCE).until(() -> nodes.seen("in").size() == 100);

            a.kill();
            publish(100, 200);
            await().atMost(TAKE_OVER).until(() -> nodes.seen("in").size() > 100);
            await().atMost(PATIENCE).until(() -> nodes.seen("in").size() == 200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(b.conditions()).isEqualTo(Map.of("in", "READY")));
            assertThat(c.conditions()).isEqualTo(Map.of("in", "STANDBY"));

            assertThat(b.stop()).isZero();
            publish(200, 300);
            await().atMost(PATIENCE).until(() -> nodes.seen("in").size() == 300);
            assertThat(c.conditions()).isEqualTo(Map.of("in", "READY"));
            // In order, except for what comes again.
            handlers.seen("in").assertNothingLost();
        } finally {
            foreign.deleteQueue(exchange);
        }
    }

    @Slow
    @Test
    void aMessageIsForwardedOnceFromTheNodeWhereItWasSent() throws Exception {
        var route = """
                {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}}""";
        var queue = exchange + ".out";
        foreign.declareQueue(queue);
        foreign.bind(queue, exchange, "out.*");
        try (var nodes = nodes(route, "a", "b", "c")) {
            var a = nodes.start("a");
            var b = nodes.start("b");
            nodes.start("c");
            a.tell("publish out 0 100");
            a.tell("send out 100 200");
            b.tell("request out 200 300");
            await().atMost(PATIENCE).until(() -> b.sent("out").safe() == 100);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(foreign.status(queue).messages()).isEqualTo(300));
        } finally {
            foreign.deleteQueue(queue);
        }
    }
}
