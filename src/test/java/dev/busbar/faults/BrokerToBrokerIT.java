package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteEvent;
import dev.busbar.testing.ArtemisNode;
import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.broker.Artemis;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two routes that share an address take messages from one broker to another: whole, and without a loss while either
 * broker is killed. What arrives twice has the same id.
 */
@Timeout(400)
class BrokerToBrokerIT {

    private static final int COUNT = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String QUEUE = "across";
    private static final String EXCHANGE = "beyond";

    private static RabbitNode rabbit;
    private static ArtemisNode artemis;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void start(@TempDir Path folder) {
        rabbit = RabbitNode.start(RabbitSettings.PLAIN);
        artemis = ArtemisNode.start(folder);
    }

    @AfterAll
    static void stop() {
        rabbit.close();
        artemis.close();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void nothingIsLostFromRabbitMqToArtemis() throws Exception {
        nothingIsLost(new RabbitMq(rabbit), rabbit, new Artemis(artemis.uri()), artemis);
    }

    @Test
    void nothingIsLostFromArtemisToRabbitMq() throws Exception {
        nothingIsLost(new Artemis(artemis.uri()), artemis, RabbitMq10.at(rabbit), rabbit);
    }

    private void nothingIsLost(BrokerUnderTest from, FaultyBroker source, BrokerUnderTest to, FaultyBroker target)
            throws Exception {
        publish(from);
        declareTarget(to);
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(new JsonObject("""
                                {"broker": {"uri": "%s"}, "brokers": {"far": {"uri": "%s"}}, "routes": [
                                  {"name": "in", "from": {"queue": "%s", "body": "bytes"}, "to": {"address": "across"},
                                   "prefetch": 10, "onFailure": {"attempts": 1000, "backoff": {"max": "1s"}}},
                                  {"name": "out", "from": {"address": "across"}, "to": {"broker": "far",
                                   "exchange": {"name": "%s", "declare": "passive"}, "key": "{amqp-routing-key}"}}]}""".formatted(
                                        from.uriText(), to.uriText(), QUEUE, EXCHANGE))))
                .await();

        awaitHandled(COUNT / 10);
        source.kill();
        source.start();
        awaitHandled(COUNT / 3);
        target.kill();
        target.start();
        var ids = drain(to);

        assertThat(ids).hasSize(COUNT);
        assertThat(ids).allSatisfy((n, seen) -> assertThat(seen).containsExactly("id-" + n));
        vertx.close().await();
        var admin = from.admin();
        assertThat(admin.get(QUEUE)).isNull();
        admin.deleteQueue(QUEUE);
        admin.close();
    }

    private static void publish(BrokerUnderTest from) {
        var admin = from.admin();
        admin.declareQueue(QUEUE);
        admin.publish(IntStream.range(0, COUNT)
                .mapToObj(n -> new BridgeMessage(
                        "",
                        QUEUE,
                        MessageProperties.builder()
                                .messageId("id-" + n)
                                .type("numbered")
                                .correlationId("c-" + n)
                                .contentType("application/octet-stream")
                                .headers(Map.of("x-n", n))
                                .persistent(true)
                                .build(),
                        Buffer.buffer("{\"n\":" + n + "}")))
                .toList());
        admin.close();
    }

    private static void declareTarget(BrokerUnderTest to) {
        var admin = to.admin();
        admin.declareExchange(EXCHANGE, "topic");
        admin.declareQueue(QUEUE + ".kept");
        admin.bind(QUEUE + ".kept", EXCHANGE, "#");
        admin.close();
    }

    private void awaitHandled(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> BridgeStatus.of(vertx).route("in").stream()
                                .mapToLong(it -> it.counts().get(RouteEvent.HANDLED))
                                .sum()
                        >= count);
    }

    /** Returns the ids under which each number has arrived. */
    private static Map<Integer, Set<String>> drain(BrokerUnderTest to) throws Exception {
        var ids = new ConcurrentHashMap<Integer, Set<String>>();
        var wrong = new AtomicReference<String>();
        try (var link = to.wire().connect("drain")) {
            var consuming = new Thread(() -> {
                try {
                    link.consume(QUEUE + ".kept", 500, message -> {
                        var n = new JsonObject(message.text()).getInteger("n");
                        ids.computeIfAbsent(n, it -> new TreeSet<>())
                                .add(message.properties().messageId());
                        if (!("c-" + n).equals(message.properties().correlationId())
                                || !"numbered".equals(message.properties().type())
                                || !String.valueOf(n).equals(String.valueOf(message.header("x-n")))) {
                            wrong.set(n + ": " + message.properties());
                        }
                    });
                } catch (Exception ended) {
                    // Closed at the end of the test.
                }
            });
            consuming.start();
            await().atMost(PATIENCE).until(() -> ids.size() == COUNT);
        }
        assertThat(wrong.get()).isNull();
        return new TreeMap<>(ids);
    }
}
