package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.launch.Command;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Browsers on three nodes of a cluster, each of which runs the jar in a process of its own. */
@Timeout(240)
@ExtendWith(RabbitExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowsersOnNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofSeconds(150);
    private static final String JAVA = "java -Xmx256m -jar target/busbar.jar ";
    private static final int NODES = 3;
    private static final int COUNT = 300;

    private static final String EXCHANGE = "nodes-" + UUID.randomUUID();
    private static final Vertx VERTX = Vertx.vertx();
    /** Referenced here, because an unreferenced client closes its sockets. */
    private static final WebSocketClient SOCKETS = VERTX.createWebSocketClient(BrowserClient.OPTIONS);

    private static final List<Command> STARTED = new ArrayList<>();
    private static final List<Integer> WEB_PORTS = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static RabbitNode broker;

    @BeforeAll
    static void start(RabbitNode shared) throws IOException {
        broker = shared;
        var ports = new ArrayList<Integer>();
        for (var i = 0; i < NODES; i++) {
            ports.add(FreePort.next());
            WEB_PORTS.add(FreePort.next());
        }
        for (var i = 0; i < NODES; i++) {
            STARTED.add(Command.start(JAVA + "run --cluster --config " + config(i, ports)));
        }
        STARTED.forEach(node -> node.printing("Ctrl-C stops it.", START));
        await().atMost(PATIENCE).until(() -> members() == NODES);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        VERTX.close().await();
        for (var node : STARTED) {
            node.signal("TERM");
        }
        for (var node : STARTED) {
            try (node) {
                node.exit();
            }
        }
    }

    private static Path config(int i, List<Integer> ports) throws IOException {
        var members = ports.stream().map(port -> "'127.0.0.1:" + port + "'").toList();
        return Files.writeString(folder.resolve(i + ".yaml"), """
                broker: {uri: '%s'}
                exchange: {name: %s}
                cluster: {node: n%d, port: %d, members: %s}
                management: {port: 0}
                subscriptions: {replay: {messages: 1000, filters: 'builds.#'}}
                web:
                  port: %d
                  anonymous: guests
                  roles: {guests: {observe: true, listen: ["mq:#"], produce: ["mq:#"]}}
                """.formatted(
                        broker.amqpUri(), EXCHANGE, i, ports.get(i), members, WEB_PORTS.get(i)));
    }

    private static String url(int node) {
        return "http://127.0.0.1:" + WEB_PORTS.get(node);
    }

    private static int members() {
        var client = VERTX.createHttpClient();
        try {
            return client.request(new RequestOptions().setAbsoluteURI(url(0) + "/api/cluster"))
                    .compose(HttpClientRequest::send)
                    .compose(HttpClientResponse::body)
                    .map(body -> new JsonObject(body).getJsonArray("members").size())
                    .await();
        } finally {
            client.close().await();
        }
    }

    private static BrowserClient raw(int node) {
        return BrowserClient.raw(SOCKETS, url(node), MultiMap.caseInsensitiveMultiMap());
    }

    private static BrowserClient sockjs(int node) {
        return BrowserClient.sockjs(SOCKETS, url(node), MultiMap.caseInsensitiveMultiMap());
    }

    /** Publishes until the browser hears itself: nothing else tells a browser that its subscription is live. */
    private static BrowserClient listening(BrowserClient browser, String topic, int replay) {
        var address = "mq:" + topic + ".#";
        browser.send("{'type':'register','address':'" + address + "','headers':{'replay':'" + replay + "'}}");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            browser.send("{'type':'publish','address':'mq:" + topic + ".live','body':{'n':-1}}");
            return !browser.received(address).isEmpty();
        });
        return browser;
    }

    private static List<Integer> numbers(BrowserClient browser, String topic) {
        return browser.received("mq:" + topic + ".#").stream()
                .map(frame -> frame.getJsonObject("body").getInteger("n"))
                .filter(n -> n >= 0)
                .toList();
    }

    private static void publish(String topic, int from, int to) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker.amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            for (var n = from; n < to; n++) {
                var body = "{\"n\":" + n + "}";
                channel.basicPublish(EXCHANGE, topic + "." + n, null, body.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void assertNumbers(BrowserClient browser, String topic, int count) {
        var all = IntStream.range(0, count).boxed().toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(numbers(browser, topic)).isEqualTo(all));
    }

    @Test
    @Order(1)
    void seeEveryEventOnceWhicheverNodeTheyAndItsSenderAreAt() throws Exception {
        var browsers = new ArrayList<BrowserClient>();
        for (var node = 0; node < NODES; node++) {
            browsers.add(listening(raw(node), "changes", 0));
            browsers.add(listening(sockjs(node), "changes", 0));
        }

        publish("changes", 0, COUNT);
        for (var browser : browsers) {
            assertNumbers(browser, "changes", COUNT);
        }
        browsers.get(2).send("{'type':'publish','address':'mq:changes.last','body':{'n':" + COUNT + "}}");
        for (var browser : browsers) {
            assertNumbers(browser, "changes", COUNT + 1);
        }
    }

    @Test
    @Order(2)
    void goOnAtAnotherNodeWithWhatCameSinceTheirOwnWasKilled() throws Exception {
        var before = listening(raw(0), "builds", 0);
        publish("builds", 0, COUNT);
        assertNumbers(before, "builds", COUNT);
        STARTED.get(0).signal("KILL");
        await().atMost(PATIENCE).until(before::isClosed);
        publish("builds", COUNT, 2 * COUNT);

        var after = listening(raw(1), "builds", 1_000);

        assertNumbers(after, "builds", 2 * COUNT);
        publish("builds", 2 * COUNT, 3 * COUNT);
        assertNumbers(after, "builds", 3 * COUNT);
    }
}
