package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.codec.BusHeaders;
import dev.busbar.delivery.SendFailure;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Soak;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Undeploying a bridge under load: every sender is told, and what was told to be safe is. */
@Timeout(240)
@ExtendWith(RabbitExtension.class)
class UndeployIT {

    private static final int COUNT = Soak.pick(6_000, 30_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What {@code run} allows for it, and a little for a slow machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private static RabbitNode node;

    private final Vertx vertx = Vertx.vertx();
    private final String exchange = "undeploy-" + UUID.randomUUID();
    private final Ledger out = new Ledger("out");
    private final Ledger in = new Ledger("in");
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final AtomicInteger told = new AtomicInteger();

    enum Broker {
        WELL,
        HELD,
        KILLED
    }

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private String deploy() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, "topic", true);
            for (var lane : new String[] {"in", "out"}) {
                channel.queueDeclare(exchange + "." + lane, true, false, false, null);
                channel.queueBind(exchange + "." + lane, exchange, lane + ".*");
            }
        }
        var config = new JsonObject("""
                {"broker": {"uri": "%1$s"}, "exchange": {"name": "%2$s"}, "routes": [
                  {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "timeout": "10m",
                   "buffer": {"messages": 100000}},
                  {"name": "in", "from": {"filter": "in.*", "queue": {"name": "%2$s.in", "life": "persistent"}},
                   "to": {"address": "in", "delivery": "request"}}]}""".formatted(node.amqpUri(), exchange));
        return vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
    }

    private void handle(Message<JsonObject> message) {
        in.seen(
                message.body().getInteger("n"),
                message.headers().get(BusHeaders.MESSAGE_ID),
                Boolean.parseBoolean(message.headers().get(BusHeaders.REDELIVERED)));
        message.reply(null);
    }

    /** From an event loop of its own, so that it goes on while the route stops. */
    private void send() {
        var options = new DeliveryOptions().setSendTimeout(600_000);
        for (var n = 0; n < COUNT; n++) {
            var number = n;
            vertx.eventBus()
                    .request("out", new JsonObject().put("n", n), options)
                    .onComplete(reply -> {
                        if (reply.succeeded()) {
                            out.safe(number);
                        } else {
                            count((ReplyException) reply.cause());
                        }
                        told.incrementAndGet();
                    });
        }
    }

    private void count(ReplyException failure) {
        var why = failure.failureType() == ReplyFailure.RECIPIENT_FAILURE
                ? Integer.toString(failure.failureCode())
                : failure.failureType().name();
        failures.computeIfAbsent(why, ignored -> new AtomicInteger()).incrementAndGet();
    }

    private static void revive() {
        if (node.isRunning()) {
            node.resume();
        } else {
            node.start();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySenderIsTold(Broker broker) throws Exception {
        vertx.eventBus().<JsonObject>localConsumer("in", this::handle);
        var id = deploy();
        try (var publisher = new ForeignPublisher(node.amqpUri(), exchange, "in", in, COUNT)) {
            publisher.start();
            vertx.runOnContext(ignored -> send());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> out.safe() > COUNT / 10 && in.seen() > COUNT / 20);
            if (broker == Broker.HELD) {
                node.pause();
            } else if (broker == Broker.KILLED) {
                node.kill();
            }
            var before = System.nanoTime();
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            var taken = Duration.ofNanos(System.nanoTime() - before);
            assertThat(taken).isLessThan(DEADLINE);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(told.get()).isEqualTo(COUNT));
        } finally {
            revive();
        }
        assertThat(failures.keySet())
                .isSubsetOf(Integer.toString(SendFailure.STOPPED.code()), ReplyFailure.NO_HANDLERS.name());
        if (broker == Broker.WELL) {
            assertThat(failures.keySet()).isSubsetOf(ReplyFailure.NO_HANDLERS.name());
        }
        try (var consumer = new ForeignConsumer(node.amqpUri(), exchange + ".out", out);
                var rest = new ForeignConsumer(node.amqpUri(), exchange + ".in", in)) {
            consumer.start();
            rest.start();
            await().atMost(PATIENCE).untilAsserted(() -> {
                out.assertNothingLost();
                in.assertNothingLost();
            });
        }
    }
}
