package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to routes when their broker fails, refuses, or holds them up; on a node of this test's own. */
@ExtendWith(RabbitExtension.class)
class RabbitMqFaultIT extends RouteFixture {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    RabbitMqFaultIT() {
        super(new RabbitMq(node));
    }

    @AfterEach
    void revive() {
        if (!node.isRunning()) {
            node.start();
        }
    }

    private JsonObject out() {
        return json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k.{n}'}, 'timeout': '1m',"
                + " 'buffer': {'messages': 100000}}");
    }

    private JsonObject in() {
        return json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}}");
    }

    private Future<Message<Object>> send(int n) {
        return vertx.eventBus()
                .request("o", new JsonObject().put("n", n), new DeliveryOptions().setSendTimeout(60_000));
    }

    @Test
    void aStopDoesNotWaitForABrokerThatDoesNotAnswer() throws Exception {
        var untilStop = in();
        untilStop.getJsonObject("from").getJsonObject("queue").put("life", "until-stop");
        var id = deploy(out(), untilStop);
        node.pause();
        try {
            var before = System.nanoTime();
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        } finally {
            node.resume();
        }
    }

    @Test
    void requestsMadeWhileTheBrokerIsAwayAreAnsweredWhenItIsBack() throws Exception {
        var asking = out();
        asking.getJsonObject("to").put("reply", "message");
        deploy(asking, in());
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "i", message -> message.reply(message.body().getInteger("n")));
        node.kill();
        eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.DOWN));
        var answers = new ArrayList<Future<Message<Object>>>();
        for (var n = 0; n < 100; n++) {
            answers.add(send(n));
        }
        node.start();
        for (var n = 0; n < 100; n++) {
            assertThat(get(answers.get(n)).body()).isEqualTo(n);
        }
    }

    @Test
    void aBrokerOutOfMemoryHoldsUpPublishingOnly() throws Exception {
        var handled = new AtomicInteger();
        vertx.eventBus().localConsumer("i", message -> {
            handled.incrementAndGet();
            message.reply(null);
        });
        deploy(out(), in());
        // A backlog for the inbound route, published before publishers are blocked.
        for (var n = 0; n < 100; n++) {
            publish("k." + n, "{}");
        }
        node.blockPublishers();
        try {
            var waiting = send(1);
            eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.DEGRADED));
            assertThat(status("out").detail()).contains("takes no publications");
            eventually(() -> assertThat(handled.get()).isGreaterThanOrEqualTo(100));
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
            node.unblockPublishers();
            get(waiting);
            eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.READY));
        } finally {
            node.unblockPublishers();
        }
    }

    @Test
    void aMessageLargerThanTheBufferDrivesNoOtherOutOfIt() throws Exception {
        deploy(out().put("buffer", json("{'messages': 100, 'bytes': '10KiB', 'whenFull': 'drop-oldest'}")), in());
        vertx.eventBus().localConsumer("i", message -> message.reply(null));
        node.kill();
        eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.DOWN));
        var waiting = send(1);
        eventually(() -> assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(1));
        var large = vertx.eventBus().request("o", new JsonObject().put("n", 2).put("pad", "x".repeat(11_000)));
        assertThatThrownBy(() -> get(large)).hasMessageContaining("full");
        node.start();
        get(waiting);
        assertThat(count("out", RouteEvent.DROPPED)).isZero();
    }

    @Test
    void refusalsAtTheStartNameTheThingAndTheRemedy() throws Exception {
        node.ctl("add_user", "reader", "secret-password");
        node.ctl("set_permissions", "reader", "^$", "^$", ".*");
        assertThatThrownBy(() -> deployTo(node.amqpUri("reader", "secret-password", "/"), in()))
                .hasMessageContaining("route 'in'")
                .hasMessageContaining("not permitted")
                .hasMessageNotContaining("secret-password");
        assertThatThrownBy(() -> deployTo(node.amqpUri("reader", "wrong", "/"), in()))
                .hasMessageContaining("does not accept user 'reader'")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> deployTo(node.amqpUri("guest", "guest", "nowhere"), in()))
                .hasMessageContaining("virtual host 'nowhere'");
        assertThatThrownBy(() -> deployTo("amqp://127.0.0.1:1", in()))
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("is it running");
        var http = get(vertx.createNetServer()
                .connectHandler(socket -> socket.end(Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n")))
                .listen(0, "127.0.0.1"));
        assertThatThrownBy(() -> deployTo("amqp://127.0.0.1:" + http.actualPort(), in()))
                .hasMessageContaining("not in AMQP 0-9-1")
                .hasMessageContaining("HTTP/1.1 400");
        assertThat(vertx.deploymentIDs()).isEmpty();
        assertThat(BridgeStatus.of(vertx).routes()).isEmpty();
    }

    private void deployTo(String uri, JsonObject route) {
        var config = new JsonObject()
                .put("broker", new JsonObject().put("uri", uri).put("startTimeout", "2s"))
                .put("exchange", new JsonObject().put("name", exchange))
                .put("routes", new JsonArray().add(route));
        get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    @Test
    void quorumQueuesAndStreamsAreConsumedToo() throws Exception {
        var received = ConcurrentHashMap.<String>newKeySet();
        vertx.eventBus().localConsumer("i", message -> {
            received.add(message.headers().get("amqp-routing-key"));
            message.reply(null);
        });
        vertx.eventBus().localConsumer("s", message -> {
            received.add("stream " + message.headers().get("amqp-routing-key"));
            message.reply(null);
        });
        var quorum = in();
        quorum.getJsonObject("from").getJsonObject("queue").put("type", "quorum");
        var stream = json("{'name': 'stream', 'from': {'filter': 'k.*', 'queue': {'name': '" + exchange
                + "-s', 'life': 'until-stop', 'type': 'stream', 'arguments': {'x-stream-offset': 'first'}}},"
                + " 'to': {'address': 's', 'delivery': 'request'}}");
        deploy(quorum, stream);
        publish("k.1", "1");
        eventually(() -> assertThat(received).containsExactlyInAnyOrder("k.1", "stream k.1"));
    }
}
