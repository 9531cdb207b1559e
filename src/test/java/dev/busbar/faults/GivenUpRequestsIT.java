package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.faults.Sightings.Life;
import dev.busbar.testing.PrivateNetwork;
import dev.busbar.testing.PrivateNetwork.Link;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.Wire091;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What handlers of a node are given that does not answer for a while, and that others have given up by then; and that
 * is killed then, and stops.
 */
@Slow
@Timeout(300)
@ExtendWith(RabbitExtension.class)
class GivenUpRequestsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** In which nobody could who waits for a time-out with every message. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(20);

    private static final int PER_SECOND = 60;
    private static final int HELD_SECONDS = Integer.getInteger("busbar.held", 5);
    private static final int CUT_SECONDS = Integer.getInteger("busbar.cut", 5);

    @TempDir
    Path folder;

    private final String exchange = "gu-" + ProcessHandle.current().pid();
    /** Which nodes have handled messages of a route. */
    private final Map<String, Set<String>> handlers = new ConcurrentHashMap<>();

    private final Map<String, Disorder> routes = new ConcurrentHashMap<>(
            Map.of("competing", new Disorder(PER_SECOND), "singleton", new Disorder(PER_SECOND / 3)));

    @Test
    void aRequestThatWasGivenUpIsNotHandledLater() throws Exception {
        try (var network = new PrivateNetwork();
                var broker = RabbitNode.start(RabbitSettings.PLAIN.at(network.brokerAddress()))) {
            try (var foreign = new RabbitMq(broker).admin()) {
                foreign.declareExchange(exchange, "topic");
            }
            var uri = broker.amqpUriAt(network.brokerAddress());
            try (var nodes = nodes(uri, List.copyOf(routes.keySet()), "a", "b").in(network)) {
                nodes.start("a");
                var b = nodes.start("b");
                var pace = Pace.of(PER_SECOND);
                new ForeignPublisher(new Wire091(broker.amqpUri()), exchange, "in", new Ledger("in"), pace).start();
                awaitAll(pace.allowed() + PER_SECOND);

                hold(b, pace);
                awaitAll(pace.allowed() + PER_SECOND);

                network.cut("b", Link.PEERS);
                pass(CUT_SECONDS);
                network.mend("b", Link.PEERS);
                awaitAll(pace.allowed() + PER_SECOND);

                b.kill();
                var again = nodes.start("b");
                awaitAll(pace.allowed() + PER_SECOND);
                assertThat(again.stop()).as("exit code").isZero();
                pace.end();
                awaitAll(pace.allowed());
                pass(2);
            }
        }
        assertThat(routes).as("%s", routes).allSatisfy((name, route) -> {
            assertThat(route.unmarked()).as("given again, and not marked").isZero();
        });
        assertThat(handlers.get("singleton")).containsExactly("a");
        assertThat(handlers.get("competing")).containsExactly("a", "b");
        // A competing one has no order between its nodes.
        assertThat(routes.get("singleton").late())
                .as("%s: out of order", routes)
                .isZero();
    }

    /** The singleton's messages are handled meanwhile: not one after the other, each behind its own time-out. */
    private void hold(ClusterNode node, Pace pace) throws InterruptedException {
        node.pause();
        pass(HELD_SECONDS);
        await().atMost(CATCHING_UP).untilAsserted(() -> {
            var allowed = pace.allowed();
            assertThat(routes.get("singleton").seen())
                    .as("handled meanwhile, of %d", allowed)
                    .isGreaterThan(allowed - PER_SECOND);
        });
        node.resume();
    }

    /** Its handlers are elsewhere, on two nodes, one of which is held. */
    @Slow
    @Test
    void aNodeWithoutHandlersGoesOnInOrderWithThoseThatAnswer(RabbitNode broker) throws Exception {
        routes.remove("competing");
        try (var foreign = new RabbitMq(broker).admin();
                var nodes = nodes(broker.amqpUri(), List.of(), "a", "b", "c")) {
            foreign.declareExchange(exchange, "topic");
            nodes.start("a");
            var starting = CompletableFuture.supplyAsync(() -> start(nodes, "b"));
            var c = nodes.start("c");
            var b = starting.join();
            b.tell("handle singleton");
            c.tell("handle singleton");
            var pace = Pace.of(PER_SECOND);
            new ForeignPublisher(new Wire091(broker.amqpUri()), exchange, "in", new Ledger("in"), pace).start();
            awaitAll(pace.allowed() + PER_SECOND);

            hold(b, pace);
            pace.end();
            awaitAll(pace.allowed());

            var singleton = routes.get("singleton");
            assertThat(handlers.get("singleton")).contains("c");
            assertThat(singleton.unmarked()).as("%s: unmarked", singleton).isZero();
            assertThat(singleton.late()).as("%s: out of order", singleton).isZero();
        } finally {
            try (var foreign = new RabbitMq(broker).admin()) {
                foreign.deleteQueue(exchange + ".singleton");
                foreign.deleteExchange(exchange);
            }
        }
    }

    /** Others work meanwhile. */
    private static void pass(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }

    private static ClusterNode start(ClusterNodes nodes, String name) {
        try {
            return nodes.start(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAll(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(routes)
                        .allSatisfy((name, route) -> assertThat(route.seen()).isGreaterThanOrEqualTo(count)));
    }

    private ClusterNodes nodes(String uri, List<String> handled, String... names) throws Exception {
        var broker = new JsonObject().put("uri", uri).put("heartbeat", "5s");
        var base =
                new JsonObject().put("broker", broker).put("exchange", exchange).put("routes", routes());
        return new ClusterNodes(folder, base, handled, names).telling(this::seen);
    }

    private void seen(Life life, String address, int n, String id, boolean marked) {
        handlers.computeIfAbsent(address, it -> new ConcurrentSkipListSet<>()).add(life.node());
        routes.get(address).seen(n, marked);
    }

    private JsonArray routes() {
        var all = new JsonArray();
        routes.keySet().forEach(scope -> all.add(new JsonObject("""
                {"name": "%2$s", "scope": "%2$s", "to": {"address": "%2$s", "delivery": "request"}, "timeout": "2s",
                 "onFailure": {"attempts": 10000, "backoff": {"initial": "50ms", "max": "500ms"}},
                 "from": {"filter": "in.*", "queue": {"name": "%1$s.%2$s", "life": "persistent", "type": "quorum"}}}""".formatted(exchange, scope))));
        return all;
    }
}
