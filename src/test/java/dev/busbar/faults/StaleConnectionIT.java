package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteStatus;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What belongs to a connection that is gone: settlements are dropped, and confirms that never came are asked again. */
@Slow
@Timeout(120)
@ExtendWith(RabbitExtension.class)
class StaleConnectionIT {

    private static final int WINDOW = 500;

    private static RabbitNode node;

    private final Vertx vertx = Vertx.vertx();
    private final String exchange = "stale-" + UUID.randomUUID();
    private CuttableProxy proxy;
    private Connection foreign;

    @BeforeAll
    static void start(RabbitNode shared) {
        node = shared;
    }

    @BeforeEach
    void deploy() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        foreign = factory.newConnection("foreign");
        proxy = new CuttableProxy("127.0.0.1", node.port());
        var channel = foreign.createChannel();
        channel.exchangeDeclare(exchange, "topic", true);
        channel.queueDeclare(exchange + ".out", true, false, false, null);
        channel.queueBind(exchange + ".out", exchange, "out.*");
        var config = new JsonObject("""
                {"broker": {"uri": "amqp://127.0.0.1:%1$d"}, "exchange": {"name": "%2$s"}, "routes": [
                  {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "inFlight": %3$d},
                  {"name": "in", "from": {"filter": "in.*", "queue": {"name": "%2$s.in", "life": "persistent"}},
                   "to": {"address": "in", "delivery": "request"}}]}""".formatted(proxy.port(), exchange, WINDOW));
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
    }

    @AfterEach
    void close() throws Exception {
        vertx.deploymentIDs().forEach(id -> vertx.undeploy(id).await());
        vertx.close().await();
        proxy.close();
        var channel = foreign.createChannel();
        channel.queueDelete(exchange + ".in");
        channel.queueDelete(exchange + ".out");
        channel.exchangeDelete(exchange);
        foreign.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }

    private void publish(int n) throws Exception {
        try (var channel = foreign.createChannel()) {
            channel.basicPublish(exchange, "in." + n, null, ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What the broker knows of the inbound route: how many messages are with it, and by which channel. */
    private String unacknowledged() {
        return line("list_queues", "messages_unacknowledged");
    }

    private String channel() {
        return node.ctl("list_consumers", "queue_name", "channel_pid")
                .lines()
                .filter(line -> line.startsWith(exchange + ".in"))
                .findFirst()
                .orElse(null);
    }

    private String line(String what, String column) {
        return node.ctl(what, "name", column)
                .lines()
                .filter(line -> line.startsWith(exchange + ".in\t"))
                .map(line -> line.split("\t")[1])
                .findFirst()
                .orElse(null);
    }

    private RouteStatus status(String route) {
        return BridgeStatus.of(vertx).routes().stream()
                .filter(status -> status.name().equals(route))
                .findFirst()
                .orElseThrow();
    }

    /** Its message comes again meanwhile, without an id, and is known to be in hand. */
    @Test
    void aReplyHeldAcrossACutSettlesWhatHasComeAgainAndNothingElse() throws Exception {
        List<Message<JsonObject>> held = new CopyOnWriteArrayList<>();
        vertx.eventBus().<JsonObject>localConsumer("in", held::add);
        publish(1);
        eventually(() -> assertThat(held).hasSize(1));

        var before = channel();
        proxy.cut();
        eventually(() -> assertThat(channel()).isNotNull().isNotEqualTo(before));
        var channel = channel();
        publish(2);
        eventually(() -> assertThat(held).hasSize(2));
        eventually(() -> assertThat(unacknowledged()).isEqualTo("2"));
        // The first one's delivery tag of the lost channel is that of another message on the new one, or of none.
        held.get(0).reply(null);
        eventually(() -> assertThat(unacknowledged()).isEqualTo("1"));
        held.get(1).reply(null);

        eventually(() -> assertThat(unacknowledged()).isEqualTo("0"));
        assertThat(held).extracting(message -> message.body().getInteger("n")).containsExactly(1, 2);
        assertThat(channel).isNotNull().isEqualTo(channel());
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void confirmsPendingAtACutAreSentForAgain() throws Exception {
        var ledger = new Ledger("out");
        var total = 2 * WINDOW;
        proxy.swallowAnswers();
        new BusSender(vertx, "out", ledger, total).start();
        eventually(() -> assertThat(foreign.createChannel().messageCount(exchange + ".out"))
                .isEqualTo(WINDOW));
        assertThat(status("out").open()).isEqualTo(WINDOW);
        assertThat(ledger.safe()).isZero();

        proxy.cut();

        eventually(() -> assertThat(ledger.safe()).isEqualTo(total));
        try (var consumer = new ForeignConsumer(node.amqpUri(), exchange + ".out", ledger)) {
            consumer.start();
            eventually(() -> assertThat(ledger.seen() + ledger.again()).isEqualTo(total + WINDOW));
        }
        ledger.assertComplete(total);
        assertThat(ledger.again()).isEqualTo(WINDOW);
        assertThat(ledger.failures()).isZero();
    }
}
