package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that read a stream, and go on where they were. */
abstract class StreamContract extends RouteFixture {

    private final RabbitNode node;
    private final List<Integer> handled = new CopyOnWriteArrayList<>();
    private final Set<Integer> marked = ConcurrentHashMap.newKeySet();
    private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
    private final String stream = exchange + "-s";

    StreamContract(BrokerUnderTest broker, RabbitNode node) {
        super(broker);
        this.node = node;
    }

    @BeforeEach
    void listen() {
        vertx.eventBus().localConsumer("s", this::handle);
    }

    @AfterEach
    void remove() {
        // First, or a route would declare again what is removed.
        vertx.deploymentIDs().forEach(id -> get(vertx.undeploy(id)));
        foreign.deleteQueue(stream);
        foreign.deleteQueue(stream + ".position.in");
    }

    private void handle(Message<JsonObject> message) {
        var n = message.body().getInteger("n");
        if (failing.contains(n)) {
            message.fail(1, "as told");
            return;
        }
        handled.add(n);
        if ("true".equals(message.headers().get("amqp-redelivered"))) {
            marked.add(n);
        }
        message.reply(null);
    }

    private String read(String life, String arguments) {
        return read(route(life, arguments));
    }

    private JsonObject route(String life, String arguments) {
        return json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + stream + "', 'life': '" + life
                + "', 'type': 'stream', 'arguments': {" + arguments + "}}}, 'timeout': '10s',"
                + " 'to': {'address': 's', 'delivery': 'request'},"
                + " 'onFailure': {'attempts': 10000, 'backoff': {'initial': '20ms', 'max': '20ms'}}}");
    }

    private String read(JsonObject route) {
        var config = config(route);
        if (!foreign.queueExists(stream)) {
            config = declared(config);
        }
        return get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    private void publish(int from, int to) {
        for (var n = from; n < to; n++) {
            publish(
                    "k." + n,
                    MessageProperties.builder().contentType("application/json").messageId("m-" + n),
                    "{\"n\":" + n + "}");
        }
    }

    private void loseConnections() {
        node.closeAllConnections();
        foreign.close();
        foreign = broker.admin();
    }

    private void awaitHandled(int from, int to) {
        var expected = IntStream.range(from, to).boxed().toList();
        eventually(() -> assertThat(handled).containsAll(expected));
        eventually(() -> assertThat(status("in").open()).isLessThanOrEqualTo(failing.size()));
    }

    private void assertOnce(int count) {
        assertThat(handled).isEqualTo(IntStream.range(0, count).boxed().toList());
        assertThat(marked).isEmpty();
    }

    @Test
    void whatComesWhileTheConnectionIsLostIsHandledAndNothingTwice() {
        read("until-stop", "");
        publish(0, 5);
        awaitHandled(0, 5);

        loseConnections();
        publish(5, 10);
        awaitHandled(0, 10);

        loseConnections();
        publish(10, 12);
        awaitHandled(0, 12);
        assertOnce(12);
    }

    @Test
    void aConnectionLostBeforeTheFirstMessageLosesNone() {
        read("until-stop", "");

        loseConnections();
        publish(0, 5);

        awaitHandled(0, 5);
        assertOnce(5);
    }

    @Test
    void readingGoesOnAfterARestartWhereItWas() {
        var first = read("persistent", "");
        publish(0, 5);
        awaitHandled(0, 5);

        get(vertx.undeploy(first));
        publish(5, 10);
        var second = read("persistent", "");
        awaitHandled(0, 10);

        get(vertx.undeploy(second));
        read("persistent", "");
        publish(10, 12);
        awaitHandled(0, 12);
        assertOnce(12);
    }

    @Test
    void aRestartBeforeTheFirstMessageLosesNone() {
        get(vertx.undeploy(read("persistent", "")));
        publish(0, 5);

        read("persistent", "");

        awaitHandled(0, 5);
        assertOnce(5);
    }

    @Test
    void theConfiguredPlaceIsWhereToBeginOnlyOnce() {
        get(vertx.undeploy(read("persistent", "'x-stream-offset': 'first'")));
        publish(0, 5);
        var first = read("persistent", "'x-stream-offset': 'first'");
        awaitHandled(0, 5);
        get(vertx.undeploy(first));
        publish(5, 7);

        read("persistent", "'x-stream-offset': 'first'");

        awaitHandled(0, 7);
        assertOnce(7);
    }

    @Test
    void whatWasNotSettledComesAgainAndIsMarked() {
        failing.add(2);
        var first = read("persistent", "");
        publish(0, 6);
        eventually(() -> assertThat(handled).containsExactly(0, 1, 3, 4, 5));

        loseConnections();
        publish(6, 8);
        eventually(() -> assertThat(handled).containsExactly(0, 1, 3, 4, 5, 6, 7));
        eventually(() -> assertThat(count("in", RouteEvent.DUPLICATES)).isEqualTo(3));
        assertThat(marked).isEmpty();

        get(vertx.undeploy(first));
        failing.clear();
        read("persistent", "");
        awaitHandled(0, 8);
        eventually(() -> assertThat(handled).hasSize(13));
        assertThat(handled.subList(7, 13)).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(marked).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
    }

    @Test
    void aStreamDeclaredAnewWhileNobodyReadsIsReadFromItsBeginning() {
        var first = read("persistent", "");
        publish(0, 5);
        awaitHandled(0, 5);
        get(vertx.undeploy(first));
        foreign.deleteQueue(stream);

        read("persistent", "");
        publish(5, 8);

        awaitHandled(0, 8);
        assertOnce(8);
    }

    @Test
    void aStreamDeclaredAnewWhileItIsReadIsReadFromItsBeginning() {
        assumeTrue(broker.abilities().contains(Ability.DECLARING), "the bridge declares nothing here");
        read("until-stop", "");
        publish(0, 5);
        awaitHandled(0, 5);

        foreign.deleteQueue(stream);
        eventually(() -> assertThat(foreign.queueExists(stream)).isTrue());
        // To the queue itself, which may not be bound again yet.
        for (var n = 5; n < 8; n++) {
            var body = "{\"n\":" + n + "}";
            // RabbitMQ 4.0 may fail within over a stream that has just been declared, and end the connection (541).
            eventually(() ->
                    assertThatCode(() -> foreign.publish("", stream, body)).doesNotThrowAnyException());
        }

        awaitHandled(0, 8);
        assertOnce(8);
    }

    @Test
    void largeMessagesAreInHandAFewAtATimeAndEachIsHandledOnceAndInOrder() {
        var held = new ConcurrentLinkedQueue<Message<JsonObject>>();
        vertx.eventBus().<JsonObject>localConsumer("large", held::add);
        var route = route("persistent", "").put("prefetchBytes", "1MiB").put("prefetch", 100);
        route.getJsonObject("to").put("address", "large");
        read(route);
        var content = "x".repeat(300 << 10);
        for (var n = 0; n < 40; n++) {
            publish(
                    "k.1",
                    MessageProperties.builder().contentType("application/json"),
                    "{\"n\":" + n + ", \"content\": \"" + content + "\"}");
        }
        eventually(() -> assertThat(held).hasSize(3));
        eventually(() -> assertThat(count("in", RouteEvent.GIVEN_BACK)).isPositive());

        eventually(() -> {
            assertThat(held).hasSizeLessThanOrEqualTo(3);
            for (var next = held.poll(); next != null; next = held.poll()) {
                handle(next);
            }
            assertThat(handled).hasSize(40);
        });

        assertThat(handled).isEqualTo(IntStream.range(0, 40).boxed().toList());
        eventually(() -> assertThat(status("in").bufferedBytes()).isZero());
        publish(40, 42);
        eventually(() -> assertThat(held).hasSize(2));
    }

    @Test
    void whatIsKeptDoesNotGrow() throws Exception {
        read("persistent", "");
        for (var n = 0; n < 3; n++) {
            var next = n;
            publish(n, n + 1);
            eventually(() -> assertThat(handled).hasSize(next + 1));
            // Written once a second.
            eventually(() -> assertThat(depth(stream + ".position.in")).isGreaterThan(next));
        }
        get(vertx.undeploy(vertx.deploymentIDs().iterator().next()));

        read("persistent", "");

        eventually(() -> assertThat(depth(stream + ".position.in")).isLessThanOrEqualTo(1));
    }

    @Test
    void aPositionThatCannotBeReadIsSaidAndCostsNothing() {
        get(vertx.undeploy(read("persistent", "")));
        foreign.publish("", stream + ".position.in", "nonsense");

        assertThatThrownBy(() -> read("persistent", "")).hasMessageContaining("Delete that queue");

        foreign.deleteQueue(stream + ".position.in");
        read("persistent", "'x-stream-offset': 'first'");
        publish(0, 2);
        awaitHandled(0, 2);
    }
}
