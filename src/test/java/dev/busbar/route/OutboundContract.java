package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the event bus to the broker, whatever the broker. */
abstract class OutboundContract extends RouteFixture {

    OutboundContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route() {
        return json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'changes.{id}.new'},"
                + " 'timeout': '2s'}");
    }

    private Future<Message<Object>> request(Object body, String... headers) {
        var options = new DeliveryOptions();
        for (var i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        return vertx.eventBus().request("changes", body, options);
    }

    private static int code(Future<?> failed) {
        try {
            get(failed);
        } catch (ReplyException e) {
            return e.failureCode();
        }
        throw new AssertionError("has not failed");
    }

    @Test
    void aRequestIsAnsweredWhenTheBrokerHasConfirmed() throws Exception {
        deploy(route());
        var queue = bound("changes.#");
        var reply = get(request(new JsonObject().put("id", 17).put("at", Instant.parse("2014-03-01T12:00:00Z"))));

        var message = foreign.get(queue);
        assertThat(message.key()).isEqualTo("changes.17.new");
        assertThat(message.text()).isEqualTo("{\"id\":17,\"at\":\"2014-03-01T12:00:00Z\"}");
        assertThat(message.properties().contentType()).isEqualTo("application/json");
        assertThat(message.properties().persistent()).isTrue();
        assertThat(message.properties().messageId())
                .isNotEmpty()
                .isEqualTo(reply.headers().get("amqp-message-id"));
    }

    @Test
    void whatCannotBeSentIsToldToItsSenderAndTheNextGoesOut() {
        deploy(route());
        var queue = bound("changes.#");
        var far = request(new JsonObject().put("id", 1), "amqp-timestamp", "+500000000-01-01T00:00:00Z");
        var farHeader = request(
                new JsonObject().put("id", 2), "x", "+500000000-01-01T00:00:00Z", "amqp-header-types", "x=timestamp");
        var none = request(new JsonObject().put("id", 3), "x", "NaN", "amqp-header-types", "x=double");
        var after = request(new JsonObject().put("id", 4));

        get(after);
        assertThat(code(far)).isEqualTo(5005);
        assertThat(code(farHeader)).isEqualTo(5005);
        // Broker-J takes the number.
        var taken = none.succeeded();
        assertThat(taken ? 5005 : code(none)).isEqualTo(5005);
        eventually(() -> assertThat(depth(queue)).isEqualTo(taken ? 2 : 1));
    }

    @Test
    void headersBecomePropertiesAndTheKey() throws Exception {
        deploy(route());
        var queue = bound("changes.#");
        get(request(
                "text",
                "id",
                "9",
                "amqp-message-id",
                "m",
                "amqp-correlation-id",
                "c",
                "amqp-priority",
                "6",
                "amqp-type",
                "t",
                "amqp-content-type",
                "text/plain",
                "amqp-persistent",
                "false",
                "x-own",
                "v"));
        var message = foreign.get(queue);
        assertThat(message.key()).isEqualTo("changes.9.new");
        assertThat(message.text()).isEqualTo("text");
        assertThat(message.properties().messageId()).isEqualTo("m");
        assertThat(message.properties().correlationId()).isEqualTo("c");
        assertThat(message.properties().contentType()).isEqualTo("text/plain");
        assertThat(message.properties().priority()).isEqualTo(6);
        assertThat(message.properties().type()).isEqualTo("t");
        assertThat(message.properties().persistent()).isFalse();
        assertThat(message.header("x-own")).isEqualTo("v");
    }

    @Test
    void sentAndPublishedMessagesAreForwardedOnceEachInOrderHoweverManyInstances() throws Exception {
        var config = config(route());
        deploy(config, 3);
        var queue = bound("changes.#");
        var expected = new ArrayList<String>();
        for (var i = 0; i < 1_000; i++) {
            var body = new JsonObject().put("id", i);
            if (i % 2 == 0) {
                vertx.eventBus().send("changes", body);
            } else {
                vertx.eventBus().publish("changes", body);
            }
            expected.add("{\"id\":" + i + "}");
        }
        eventually(() -> assertThat(count("out", RouteEvent.CONFIRMED)).isEqualTo(1_000));
        var got = new ArrayList<String>();
        for (var message = foreign.get(queue); message != null; message = foreign.get(queue)) {
            got.add(message.text());
        }
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void bytesOfAnySizePass() throws Exception {
        deploy(route().put("timeout", "30s"));
        var queue = bound("changes.#");
        get(request(Buffer.buffer(), "id", "1"));
        assertThat(foreign.get(queue).message().body().getBytes()).isEmpty();
        get(request(Buffer.buffer(new byte[BrokerUnderTest.LARGE]), "id", "1"));
        assertThat(foreign.get(queue).message().body().getBytes()).hasSize(BrokerUnderTest.LARGE);
    }

    @Test
    void whatNoQueueTakesFailsTheSenderAsUnroutable() throws Exception {
        broker.assume(Ability.RETURNING);
        deploy(route());
        var failed = request(new JsonObject().put("id", 1));
        assertThat(code(failed)).isEqualTo(SendFailure.UNROUTABLE.code());
        assertThat(failed.cause()).hasMessageContaining("changes.1.new").hasMessageContaining("out");
        assertThat(count("out", RouteEvent.UNROUTABLE)).isEqualTo(1);
    }

    @Test
    void withoutMandatoryItIsConfirmedAllTheSame() throws Exception {
        var route = route();
        route.getJsonObject("to").put("mandatory", false);
        deploy(route);
        get(request(new JsonObject().put("id", 1)));
    }

    @Test
    void whatCannotBeWrittenFailsTheSenderAndNobodyElse() throws Exception {
        deploy(route());
        var queue = bound("changes.#");
        assertThat(code(request(new JsonObject().put("no", "id")))).isEqualTo(SendFailure.UNREADABLE.code());
        assertThat(code(request(new JsonObject().put("id", "a.b")))).isEqualTo(SendFailure.UNREADABLE.code());
        assertThat(code(request(new JsonObject().put("id", "x".repeat(300))))).isEqualTo(SendFailure.UNREADABLE.code());
        assertThat(code(request("x", "id", "1", "amqp-priority", "high"))).isEqualTo(SendFailure.UNREADABLE.code());
        assertThatThrownBy(() -> get(request("x", "id", "1", "amqp-priority", "high")))
                .hasMessageContaining("amqp-priority")
                .hasMessageContaining("high");
        assertThat(code(request(Buffer.buffer(new byte[(64 << 20) + 1]), "id", "1")))
                .isEqualTo(SendFailure.UNREADABLE.code());
        get(request(new JsonObject().put("id", 2)));
        assertThat(take(queue).key()).isEqualTo("changes.2.new");
        assertThat(count("out", RouteEvent.UNREADABLE)).isEqualTo(6);
    }

    @Test
    void aKeyTakenWholeFromTheHeaderMayHaveDots() throws Exception {
        var route = route();
        route.getJsonObject("to").put("key", "{amqp-routing-key}");
        deploy(route);
        var queue = bound("#");
        get(request(1, "amqp-routing-key", "any.key.at.all"));
        assertThat(take(queue).key()).isEqualTo("any.key.at.all");
        assertThat(code(request(1))).isEqualTo(SendFailure.UNREADABLE.code());
    }

    @Test
    void aFullBufferFailsTheSenderAtOnce() throws Exception {
        var route = route().put("inFlight", 1).put("buffer", json("{'messages': 3, 'whenFull': 'fail'}"));
        deploy(route);
        var queue = bound("changes.#");
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var i = 0; i < 200; i++) {
            sent.add(request(new JsonObject().put("id", i)));
        }
        get(Future.join(sent).otherwiseEmpty());
        var failed = sent.stream().filter(Future::failed).toList();
        assertThat(failed).isNotEmpty();
        assertThat(failed).allSatisfy(future -> assertThat(code(future)).isEqualTo(SendFailure.BUFFER_FULL.code()));
        assertThat(count("out", RouteEvent.REJECTED)).isEqualTo(failed.size());
        assertThat(depth(queue)).isEqualTo(200 - failed.size());
    }

    @Test
    void headersCountInTheBufferToo() throws Exception {
        deploy(route().put("buffer", json("{'messages': 100, 'bytes': '10KiB'}")));
        bound("changes.#");
        get(request(1, "id", "1", "x-large", "h".repeat(9_000)));
        assertThat(code(request(1, "id", "1", "x-large", "h".repeat(11_000))))
                .isEqualTo(SendFailure.BUFFER_FULL.code());
    }

    @Test
    void orDropsTheOldestAndCounts() throws Exception {
        var route = route().put("inFlight", 1).put("buffer", json("{'messages': 3, 'whenFull': 'drop-oldest'}"));
        deploy(route);
        var queue = bound("changes.#");
        for (var i = 0; i < 200; i++) {
            vertx.eventBus().send("changes", new JsonObject().put("id", i));
        }
        eventually(() -> assertThat(count("out", RouteEvent.CONFIRMED) + count("out", RouteEvent.DROPPED))
                .isEqualTo(200));
        assertThat(count("out", RouteEvent.DROPPED)).isPositive();
        assertThat(depth(queue)).isEqualTo(count("out", RouteEvent.CONFIRMED));
    }

    @Test
    void aRequestOverTheBrokerIsAnsweredByItsConsumer() throws Exception {
        var route = route();
        route.getJsonObject("to").put("reply", "message");
        deploy(route);
        try (var service = new EchoService(broker, exchange, "changes.#")) {
            service.start();
            var answers = new ArrayList<Future<Message<Object>>>();
            for (var i = 0; i < 100; i++) {
                answers.add(request(new JsonObject().put("id", i)));
            }
            for (var i = 0; i < 100; i++) {
                assertThat(get(answers.get(i)).body())
                        .isEqualTo(new JsonObject().put("echo", new JsonObject().put("id", i)));
            }
            assertThat(code(request(new JsonObject().put("id", 404)))).isEqualTo(SendFailure.TIMED_OUT.code());
        }
    }

    @Test
    void twoSendersWithOneCorrelationIdEachGetTheirOwnAnswer() throws Exception {
        var asking = route();
        asking.getJsonObject("to").put("reply", "message");
        var answering = json("{'name': 'in', 'from': {'filter': 'changes.*.new', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'answer', 'delivery': 'request'}}");
        deploy(asking, answering);
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "answer", message -> message.reply(message.body().getInteger("id")));
        var first = request(new JsonObject().put("id", 1), "amqp-correlation-id", "same");
        var second = request(new JsonObject().put("id", 2), "amqp-correlation-id", "same");
        assertThat(get(first).body()).isEqualTo(1);
        assertThat(get(second).body()).isEqualTo(2);
        assertThat(get(second).headers().get("amqp-correlation-id")).isEqualTo("same");
    }

    @Test
    void anAnsweringBridgeAndAnAskingOneMeetOverTheBroker() throws Exception {
        var asking = route();
        asking.getJsonObject("to").put("reply", "message");
        var answering = json("{'name': 'in', 'from': {'filter': 'changes.*.new', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'answer', 'delivery': 'request'}}");
        deploy(asking, answering);
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "answer",
                        message -> message.reply(
                                List.of(1, 2).toString() + message.body().getInteger("id")));
        assertThat(get(request(new JsonObject().put("id", 3))).body()).isEqualTo("[1, 2]3");
    }

    @Test
    void anExchangeDeletedUnderTheRouteIsDeclaredAgainAndNoMessageGoesWithoutAWord() throws Exception {
        broker.assume(Ability.DECLARING);
        deploy(route().put("timeout", "20s"));
        foreign.declareQueue(exchange + "-kept");
        foreign.bind(exchange + "-kept", exchange, "#");
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var i = 0; i < 2_000; i++) {
            sent.add(request(new JsonObject().put("id", i)));
        }
        eventually(() -> assertThat(count("out", RouteEvent.CONFIRMED)).isGreaterThan(100));
        foreign.deleteExchange(exchange);
        get(Future.join(sent).otherwiseEmpty());

        var failed = sent.stream().filter(Future::failed).toList();
        assertThat(failed).allSatisfy(future -> assertThat(code(future)).isEqualTo(SendFailure.UNROUTABLE.code()));
        if (broker.queuesOutliveTheirExchange()) {
            assertThat(depth(exchange + "-kept")).isGreaterThanOrEqualTo(sent.size() - failed.size());
        }
        // One that nobody waits for finds out, if none of the others has.
        vertx.eventBus().send("changes", new JsonObject().put("id", 1));
        eventually(() -> assertThat(foreign.exchangeExists(exchange)).isTrue());
        foreign.bind(exchange + "-kept", exchange, "#");
        eventually(() -> get(request(new JsonObject().put("id", 2))));
        foreign.deleteQueue(exchange + "-kept");
    }

    @Test
    void aCleanStopFlushesTheBuffer() throws Exception {
        var id = deploy(route().put("inFlight", 5).put("timeout", "20s"));
        foreign.declareQueue(exchange + "-keep");
        foreign.bind(exchange + "-keep", exchange, "#");
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var i = 0; i < 2_000; i++) {
            sent.add(request(new JsonObject().put("id", i)));
        }
        // The address is let go first, so what arrived there before is what has to be flushed.
        eventually(() -> assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(2_000));
        get(vertx.undeploy(id));
        get(Future.all(sent));
        assertThat(depth(exchange + "-keep")).isEqualTo(2_000);
        foreign.deleteQueue(exchange + "-keep");
    }
}
