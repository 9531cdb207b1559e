package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Routes to and from a peer of which only addresses are known, {@code dialect: plain}, whatever the peer. */
abstract class PlainContract extends RouteFixture {

    PlainContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** The queue in which the peer itself keeps what is rejected. */
    abstract String deadLettersOfThePeer();

    @Override
    JsonObject config(JsonObject... routes) {
        var config = super.config(routes);
        config.getJsonObject("broker").put("dialect", "plain");
        return config.put("exchange", "");
    }

    @Override
    JsonObject declared(JsonObject config) {
        return config;
    }

    /** A queue of this test, which others have made. */
    String queue(String name) {
        var queue = exchange + "." + name;
        foreign.declareQueue(queue);
        return queue;
    }

    @AfterEach
    void deleteQueues() {
        get(Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));
        for (var name : List.of("in", "out", "failed", "parked")) {
            if (foreign.queueExists(exchange + "." + name)) {
                foreign.deleteQueue(exchange + "." + name);
            }
        }
    }

    JsonObject inbound(String queue) {
        return json("{'name': 'in', 'from': {'queue': '" + queue + "'}, 'to': {'address': 'in', 'delivery': 'request'},"
                + " 'onFailure': {'attempts': 2, 'backoff': {'initial': '10ms', 'max': '50ms'}, 'then': 'drop'}}");
    }

    JsonObject outbound(String prefix, String key) {
        return json("{'name': 'out', 'from': {'address': 'out'}, 'to': {'exchange': '" + prefix + "', 'key': '" + key
                + "'}, 'timeout': '5s'}");
    }

    void send(String queue, String id, String body) {
        send(queue, MessageProperties.builder().messageId(id).build(), body);
    }

    private void send(String queue, MessageProperties properties, String body) {
        var json = properties.toBuilder()
                .contentType("application/json")
                .persistent(true)
                .build();
        foreign.publish(List.of(new BridgeMessage("", queue, json, Buffer.buffer(body))));
    }

    private List<Message<Object>> collect() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().localConsumer("in", message -> {
            received.add(message);
            message.reply("done");
        });
        return received;
    }

    @Test
    void consumesTheQueueOfAnAddressAsItIs() {
        var queue = queue("in");
        var received = collect();
        deploy(inbound(queue));

        send(
                queue,
                MessageProperties.builder()
                        .messageId("m-1")
                        .type("build")
                        .header("x-n", 5)
                        .build(),
                "{\"id\":17}");

        eventually(() -> assertThat(received).hasSize(1));
        var message = received.get(0);
        assertThat(message.body()).isEqualTo(new JsonObject().put("id", 17));
        assertThat(message.headers().get(BusHeaders.MESSAGE_ID)).isEqualTo("m-1");
        assertThat(message.headers().get(BusHeaders.TYPE)).isEqualTo("build");
        assertThat(message.headers().get("x-n")).isEqualTo("5");
        assertThat(message.headers().get(BusHeaders.EXCHANGE)).isNullOrEmpty();
        assertThat(message.headers().get(BusHeaders.ROUTING_KEY)).endsWith(queue);
        eventually(() -> assertThat(depth(queue)).isZero());
    }

    @Test
    void publishesToTheAddressThatExchangeAndKeyMakeAndConfirms() {
        var queue = queue("out");
        deploy(outbound(exchange + ".", "{name}"));

        get(vertx.eventBus()
                .request(
                        "out",
                        new JsonObject().put("name", "out"),
                        new DeliveryOptions()
                                .addHeader(BusHeaders.MESSAGE_ID, "m-2")
                                .addHeader(BusHeaders.TYPE, "build")));

        var taken = take(queue);
        assertThat(taken.text()).isEqualTo("{\"name\":\"out\"}");
        assertThat(taken.properties().messageId()).isEqualTo("m-2");
        assertThat(taken.properties().type()).isEqualTo("build");
        assertThat(taken.properties().contentType()).isEqualTo("application/json");
        assertThat(count("out", RouteEvent.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void aFailedMessageGoesToTheAddressThatIsNamedForIt() {
        var queue = queue("in");
        var failed = queue("failed");
        vertx.eventBus().localConsumer("in", message -> message.fail(1, "no disk"));
        var route = inbound(queue);
        route.getJsonObject("onFailure")
                .put("then", "dead-letter")
                .put("deadLetter", json("{'exchange': '" + exchange + ".', 'key': 'failed', 'declare': false}"));
        deploy(route);
        send(queue, "m-3", "3");

        var dead = take(failed);
        assertThat(dead.text()).isEqualTo("3");
        assertThat(dead.properties().messageId()).isEqualTo("m-3");
        assertThat(dead.header("x-busbar-reason")).asString().contains("no disk");
        assertThat(dead.header("x-busbar-attempts")).isEqualTo(2);
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        eventually(() -> assertThat(depth(queue)).isZero());
    }

    @Test
    void aFailedMessageIsParkedInAQueueThatExists() {
        var queue = queue("in");
        var parked = queue("parked");
        vertx.eventBus().localConsumer("in", message -> message.fail(1, "never"));
        var route = inbound(queue);
        route.getJsonObject("onFailure")
                .put("then", "park")
                .put("park", json("{'queue': '" + parked + "', 'declare': false}"));
        deploy(route);
        send(queue, "m-4", "4");

        assertThat(take(parked).text()).isEqualTo("4");
        eventually(() -> assertThat(depth(queue)).isZero());
    }

    @Test
    void whatIsRejectedIsThePeersToKeep() {
        var queue = queue("in");
        vertx.eventBus().localConsumer("in", message -> message.fail(1, "never"));
        var route = inbound(queue);
        route.getJsonObject("onFailure").put("then", "reject");
        deploy(route);
        send(queue, "m-5", "5");

        assertThat(take(deadLettersOfThePeer()).properties().messageId()).isEqualTo("m-5");
        assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(1);
        eventually(() -> assertThat(depth(queue)).isZero());
    }

    @Test
    void withoutAHandlerMessagesWait() {
        var queue = queue("in");
        deploy(inbound(queue));
        send(queue, "m-6", "6");
        eventually(() -> assertThat(count("in", RouteEvent.UNHANDLED)).isGreaterThan(3));
        var received = collect();
        eventually(() -> assertThat(received).hasSize(1));
        eventually(() -> assertThat(depth(queue)).isZero());
    }

    @Test
    void aCleanStopGivesBackWhatIsNotHandledAndLeavesEverythingThere() {
        var queue = queue("in");
        var handling = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().localConsumer("in", handling::add);
        var id = deploy(inbound(queue).put("timeout", "30s"));
        for (var i = 0; i < 20; i++) {
            send(queue, "m-" + i, "" + i);
        }
        eventually(() -> assertThat(handling).hasSize(20));
        var undeployed = vertx.undeploy(id);
        handling.subList(0, 10).forEach(message -> message.reply(null));
        handling.subList(10, 20).forEach(message -> message.fail(1, "interrupted"));
        get(undeployed);

        eventually(() -> assertThat(depth(queue)).isEqualTo(10));
        handling.clear();
        deploy(inbound(queue));
        eventually(() -> assertThat(handling).hasSize(10));
    }

    @Test
    void whatIsGivenBackComesAgainAsRedelivered() {
        var queue = queue("in");
        var first = new CopyOnWriteArrayList<Message<Object>>();
        var handler = vertx.eventBus().localConsumer("in", first::add);
        var id = deploy(inbound(queue).put("timeout", "30s"));
        send(queue, "m-7", "7");
        eventually(() -> assertThat(first).hasSize(1));
        assertThat(first.get(0).headers().get(BusHeaders.REDELIVERED)).isEqualTo("false");
        var undeployed = vertx.undeploy(id);
        first.get(0).fail(1, "interrupted");
        get(undeployed.compose(ignored -> handler.unregister()));

        var received = collect();
        deploy(inbound(queue));
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).headers().get(BusHeaders.REDELIVERED)).isEqualTo("true");
    }

    @Test
    void whatIsInHandWhenTheConnectionIsLostComesAgain() throws Exception {
        var queue = queue("in");
        var held = new CopyOnWriteArrayList<Message<Object>>();
        var lost = new AtomicBoolean();
        vertx.eventBus().localConsumer("in", message -> {
            held.add(message);
            if (lost.get()) {
                message.reply("done");
            }
        });
        try (var network = new CuttableProxy(broker.uri().host(), broker.uri().port())) {
            var config = config(inbound(queue).put("timeout", "30s"));
            config.getJsonObject("broker")
                    .put("uri", broker.uriText().replace(":" + broker.uri().port(), ":" + network.port()));
            deploy(config, 1);
            send(queue, "m-8", "8");
            eventually(() -> assertThat(held).hasSize(1));
            lost.set(true);
            network.cut();
            // It comes again while the first delivery is in hand, or is handed out again.
            held.get(0).reply("done");
            eventually(() -> assertThat(depth(queue)).isZero());
        }
    }

    @Test
    void headersThatAreMapsOrListsArrive() {
        var queue = queue("in");
        var received = collect();
        deploy(inbound(queue));
        send(
                queue,
                MessageProperties.builder()
                        .messageId("m-9")
                        .header("x-map", Map.of("a", List.of(1, "b")))
                        .build(),
                "9");
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).headers().get("x-map")).contains("\"a\"").contains("\"b\"");
    }

    @Test
    void requestsAreAnsweredAtAnAddressThatThePeerMakes() {
        var queue = queue("in");
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "in",
                        message -> message.reply(new JsonObject()
                                .put("doubled", 2 * message.body().getInteger("n"))));
        deploy(
                inbound(queue),
                outbound(exchange + ".", "in")
                        .put("to", json("{'exchange': '" + exchange + ".', 'key':" + " 'in', 'reply': 'message'}")));

        var answer = get(vertx.eventBus().<JsonObject>request("out", new JsonObject().put("n", 21)));

        assertThat(answer.body()).isEqualTo(new JsonObject().put("doubled", 42));
    }

    @Test
    void whatSubscribesAtRunTimeIsRefused() {
        var config = ConfigLoader.fromJson(config(outbound("", "x")).put("exchange", "topic://"));
        assertThatThrownBy(() -> get(Hub.open(vertx, config)))
                .hasMessageContaining("plain")
                .hasMessageContaining("declares nothing");
    }
}
