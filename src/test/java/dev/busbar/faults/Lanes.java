package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.busbar.codec.BusHeaders;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.Predeclared;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two lanes of numbered messages through one bridge: {@code out}, from a sender on the event bus to a foreign consumer
 * of a durable queue, and {@code in}, from a foreign publisher to a handler, which replies to each.
 */
final class Lanes implements AutoCloseable {

    /** On a busy machine; what is awaited has a condition of its own. */
    static final Duration PATIENCE = Soak.pick(Duration.ofMinutes(4), Duration.ofMinutes(30));

    private static final Duration SOON = Duration.ofSeconds(60);

    final Ledger out = new Ledger("out");
    final Ledger in = new Ledger("in");
    final ForeignConsumer consumer;
    private final String exchange = "x" + UUID.randomUUID().toString().substring(0, 8);
    private final int count;
    private final Vertx vertx = Vertx.vertx();
    private final BrokerUnderTest broker;
    private final BusSender sender;
    private final ForeignPublisher publisher;

    /**
     * @param window of ids by which duplicates are recognised, 0 for none
     * @param heartbeat after twice that silence the broker is taken for dead
     */
    Lanes(BrokerUnderTest broker, int count, int window, String heartbeat) {
        this.broker = broker;
        this.count = count;
        this.sender = new BusSender(vertx, "out", out, count);
        this.publisher = new ForeignPublisher(broker.wire(), exchange, "in", in, Pace.all(count));
        this.consumer = new ForeignConsumer(broker.wire(), exchange + "-out", out);
        vertx.eventBus().<JsonObject>localConsumer("in", message -> {
            var headers = message.headers();
            in.seen(
                    message.body().getInteger("n"),
                    headers.get(BusHeaders.MESSAGE_ID),
                    headers.get(BusHeaders.REDELIVERED).equals("true"));
            message.reply(null);
        });
        if (broker.hasAddressesOnly()) {
            declareQueues();
            deploy(byAddresses(config(window, heartbeat)));
        } else {
            deploy(Predeclared.of(vertx, broker, config(window, heartbeat)));
            declareForeignQueue();
        }
    }

    private void deploy(JsonObject config) {
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
    }

    void start() {
        consumer.start();
        publisher.start();
        sender.start();
    }

    private JsonObject config(int window, String heartbeat) {
        return new JsonObject()
                .put(
                        "broker",
                        new JsonObject()
                                .put("uri", broker.uriText())
                                .put("heartbeat", heartbeat)
                                .put("connectTimeout", "3s")
                                .put("reconnect", new JsonObject().put("max", "1s")))
                .put("exchange", exchange)
                .put("routes", new JsonArray().add(outbound()).add(inbound(window)));
    }

    private static JsonObject outbound() {
        return new JsonObject("""
                {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "timeout": "10m"}""");
    }

    private JsonObject inbound(int window) {
        var queue = new JsonObject().put("name", exchange + "-in").put("life", "persistent");
        return new JsonObject("""
                {"name": "in", "to": {"address": "in", "delivery": "request"}}""")
                .put("from", new JsonObject().put("filter", "in.*").put("queue", queue))
                .put("duplicates", new JsonObject().put("window", window));
    }

    /** The same routes where nothing is declared, between the same queues. */
    private JsonObject byAddresses(JsonObject config) {
        config.getJsonObject("broker").put("dialect", "plain");
        var routes = config.getJsonArray("routes");
        routes.getJsonObject(0)
                .put("to", new JsonObject().put("exchange", exchange + "-").put("key", "out"));
        routes.getJsonObject(1)
                .put("from", new JsonObject().put("queue", exchange + "-in"))
                .put("onFailure", new JsonObject().put("then", "drop"));
        return config;
    }

    private void declareQueues() {
        try (var foreign = broker.admin()) {
            foreign.declareQueue(exchange + "-out");
            foreign.declareQueue(exchange + "-in");
        }
    }

    private void declareForeignQueue() {
        try (var foreign = broker.admin()) {
            foreign.declareQueue(exchange + "-out");
            foreign.bind(exchange + "-out", exchange, "out.*");
        }
    }

    /** Delivered or not, as the broker sees it while nobody consumes. */
    private Admin.Status inTheBroker(String queue) {
        try (var foreign = broker.admin()) {
            return foreign.status(queue);
        }
    }

    /** How far both lanes are, in messages that have come through. */
    int seen() {
        return out.seen() + in.seen();
    }

    /** Says where both lanes stand, also in the broker's eyes, if they do not come so far. */
    void awaitSeen(int messages) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> seen() >= messages);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not " + messages + " seen: " + out + "; " + in + "; " + status("out") + "; " + status("in")
                            + "; in queues: " + inTheBroker(exchange + "-out") + ", " + inTheBroker(exchange + "-in"),
                    e);
        }
    }

    RouteStatus status(String route) {
        return BridgeStatus.of(vertx).route(route).get(0);
    }

    RouteStatus.Condition condition(String route) {
        return status(route).condition();
    }

    /** Awaits the end of both lanes; then nothing is missing, and nothing is left behind. */
    void assertAllArrive() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(out.seen() + in.seen())
                    .as("%s; %s; %s; %s", out, in, status("out"), status("in"))
                    .isEqualTo(2 * count);
            assertThat(out.safe() + in.safe()).isEqualTo(2 * count);
        });
        assertThatCode(() -> out.assertComplete(count)).as("%s", consumer).doesNotThrowAnyException();
        in.assertComplete(count);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(condition("out")).isEqualTo(RouteStatus.Condition.READY);
            assertThat(condition("in")).isEqualTo(RouteStatus.Condition.READY);
            assertThat(status("in").open()).isZero();
        });
        assertThat(status("out").open()).isZero();
        assertThat(status("out").buffered()).isZero();
        assertThat(status("out").bufferedBytes()).isZero();
        var outCounts = status("out").counts();
        assertThat(outCounts.get(RouteEvent.ACCEPTED)).isEqualTo(count);
        assertThat(outCounts.get(RouteEvent.CONFIRMED)).isEqualTo(count);
        assertThat(status("in").counts().get(RouteEvent.DEAD_LETTERED)).isZero();
    }

    /**
     * Stops the bridge when nothing waits for it, as what was sent twice still may; then the broker knows of no
     * delivery that is not settled.
     */
    void assertSettledAtStop() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(inTheBroker(exchange + "-in").messages())
                        .as("in the queue before the stop")
                        .isZero());
        stopBridge();
        assertThat(inTheBroker(exchange + "-in").messages())
                .as("in the queue after the stop")
                .isZero();
    }

    private void stopBridge() {
        vertx.deploymentIDs().forEach(id -> vertx.undeploy(id).await());
    }

    @Override
    public void close() {
        consumer.close();
        publisher.close();
        stopBridge();
        vertx.close().await();
    }
}
