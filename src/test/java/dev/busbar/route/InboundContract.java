package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** From the broker to the event bus, whatever the broker. */
abstract class InboundContract extends RouteFixture {

    InboundContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route(String delivery, String life) {
        return json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': '" + life + "'}}, 'to': {'address': 'builds', 'delivery': '" + delivery
                + "'}, 'timeout': '1s', 'onFailure': {'attempts': 3, 'backoff': {'initial': '10ms', 'max': '50ms'}}}");
    }

    private String queue() {
        return exchange + "-q";
    }

    /** In the broker's way of saying so. */
    String inTenMinutes() {
        return "600000";
    }

    private List<Message<Object>> collect(String address) {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer(address, message -> {
                    received.add(message);
                    if (message.replyAddress() != null) {
                        message.reply(null);
                    }
                })
                .completion());
        return received;
    }

    @Test
    void deliversMatchingMessagesWithKeyIdAndDecodedBody() throws Exception {
        var received = collect("builds");
        deploy(route("request", "persistent"));

        publish("builds.17.started", "{}");
        publish(
                "builds.17.finished",
                MessageProperties.builder()
                        .contentType("application/json")
                        .messageId("m-1")
                        .header("x-master", "m1"),
                "{\"id\": 17, \"at\": {\"__type__\": \"datetime\", \"__value__\": \"2014-03-01T12:00:00\"}}");

        eventually(() -> assertThat(received).hasSize(1));
        var message = received.get(0);
        assertThat(message.body())
                .isEqualTo(new JsonObject().put("id", 17).put("at", Instant.parse("2014-03-01T12:00:00Z")));
        assertThat(message.headers().get("amqp-routing-key")).isEqualTo("builds.17.finished");
        assertThat(message.headers().get("amqp-exchange")).isEqualTo(exchange);
        assertThat(message.headers().get("amqp-message-id")).isEqualTo("m-1");
        assertThat(message.headers().get("amqp-attempt")).isEqualTo("1");
        assertThat(message.headers().get("amqp-redelivered")).isEqualTo("false");
        assertThat(message.headers().get("x-master")).isEqualTo("m1");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
    }

    @Test
    void publishReachesEveryHandlerAndSendOne() throws Exception {
        var first = collect("builds");
        var second = collect("builds");
        deploy(route("publish", "until-stop"));
        publish("builds.1.finished", "1");
        eventually(() -> assertThat(first.size() + second.size()).isEqualTo(2));
        assertThat(first).hasSize(1);
    }

    @Test
    void aFailingHandlerIsTriedAgainAndThenSucceeds() throws Exception {
        var attempts = new CopyOnWriteArrayList<String>();
        vertx.eventBus().localConsumer("builds", message -> {
            attempts.add(message.headers().get("amqp-attempt"));
            if (attempts.size() < 3) {
                message.fail(42, "not yet");
            } else {
                message.reply("done");
            }
        });
        deploy(route("request", "persistent"));
        publish("builds.1.finished", "{}");

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(attempts).containsExactly("1", "2", "3");
        assertThat(count("in", RouteEvent.RETRIED)).isEqualTo(2);
        eventually(() -> assertThat(depth(queue())).isZero());
    }

    @Test
    void eachAttemptHasABodyOfItsOwnWhateverTheHandlerDoesWithIt() throws Exception {
        var bodies = new CopyOnWriteArrayList<JsonObject>();
        vertx.eventBus().<JsonObject>localConsumer("builds", message -> {
            bodies.add(message.body().copy());
            message.body().put("seen", true);
            message.body().getJsonObject("nested").clear();
            message.fail(42, "not at all");
        });
        deploy(route("request", "persistent"));
        publish("builds.1.finished", "{\"id\": 1, \"nested\": {\"a\": 1}}");

        var dead = take(exchange + ".dead-letter");
        assertThat(new JsonObject(dead.text())).isEqualTo(json("{'id': 1, 'nested': {'a': 1}}"));
        assertThat(bodies).hasSize(3).containsOnly(json("{'id': 1, 'nested': {'a': 1}}"));
    }

    @Test
    void aMessageThatAlwaysFailsIsDeadLetteredIntactWithTheReason() throws Exception {
        vertx.eventBus().localConsumer("builds", message -> message.fail(42, "no disk \ud83d"));
        deploy(route("request", "persistent"));
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId("m-2")
                .correlationId("c")
                .priority(3)
                .type("build")
                .appId("master")
                .expiration(inTenMinutes())
                .header("x-n", 5);
        publish("builds.7.finished", properties, "{\"a\":1}");

        var dead = take(exchange + ".dead-letter");
        assertThat(dead.text()).isEqualTo("{\"a\":1}");
        assertThat(dead.key()).isEqualTo("builds.7.finished");
        assertThat(dead.properties().messageId()).isEqualTo("m-2");
        assertThat(dead.properties().correlationId()).isEqualTo("c");
        assertThat(dead.properties().priority()).isEqualTo(3);
        assertThat(dead.properties().type()).isEqualTo("build");
        assertThat(dead.properties().appId()).isEqualTo("master");
        assertThat(dead.properties().expiration()).isNull();
        var headers = dead.properties().headers();
        assertThat(headers.get("x-n")).isEqualTo(5);
        assertThat(headers.get("x-busbar-reason")).asString().isEqualTo("the handler failed: 42 no disk ?");
        assertThat(headers.get("x-busbar-route")).asString().isEqualTo("in");
        assertThat(headers.get("x-busbar-attempts")).isEqualTo(3);
        assertThat(headers.get("x-busbar-expiration")).asString().matches("\\d+");
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        eventually(() -> assertThat(depth(queue())).isZero());
    }

    @Test
    void parkingPutsItBesideItsQueueAndDroppingLetsItGo() throws Exception {
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        var parking = route("request", "persistent");
        parking.getJsonObject("onFailure").put("then", "park").put("attempts", 1);
        var id = deploy(parking);
        publish("builds.7.finished", "7");
        assertThat(take(queue() + ".parked").text()).isEqualTo("7");
        get(vertx.undeploy(id));

        parking.getJsonObject("onFailure").put("then", "drop");
        deploy(parking);
        publish("builds.8.finished", "8");
        eventually(() -> assertThat(count("in", RouteEvent.DROPPED)).isEqualTo(1));
        assertThat(depth(queue() + ".parked")).isZero();
    }

    @Test
    void withoutAHandlerMessagesWaitAndCostNoAttempt() throws Exception {
        deploy(route("request", "persistent"));
        publish("builds.1.finished", "1");
        eventually(() -> assertThat(count("in", RouteEvent.UNHANDLED)).isGreaterThan(5));
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED);
        assertThat(status("in").detail()).contains("no handler").contains("builds");

        var received = collect("builds");
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).headers().get("amqp-attempt")).isEqualTo("1");
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
    }

    @Test
    void whatWaitedForAHandlerArrivesInOrder() throws Exception {
        deploy(route("request", "persistent"));
        for (var i = 0; i < 50; i++) {
            publish("builds." + i + ".finished", "" + i);
        }
        eventually(() -> assertThat(count("in", RouteEvent.UNHANDLED)).isPositive());
        var received = collect("builds");
        eventually(() -> assertThat(received).hasSize(50));
        assertThat(received.stream().map(Message::body))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void aCleanStopDoesNotWaitForBackoffs() throws Exception {
        var failed = new AtomicInteger();
        vertx.eventBus().localConsumer("builds", message -> {
            message.fail(1, "not now");
            failed.incrementAndGet();
        });
        var patient = route("request", "persistent");
        patient.getJsonObject("onFailure").put("backoff", json("{'initial': '1m', 'max': '1m'}"));
        var id = deploy(patient);
        publish("builds.1.finished", "1");
        eventually(() -> assertThat(failed).hasValue(1));
        var before = System.nanoTime();
        get(vertx.undeploy(id));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        eventually(() -> assertThat(depth(queue())).isEqualTo(1));
    }

    @Test
    void whatWasDeadLetteredAndIsSentAgainIsNoDuplicate() throws Exception {
        var broken = new AtomicBoolean(true);
        vertx.eventBus().localConsumer("builds", message -> {
            if (broken.get()) {
                message.fail(1, "broken");
            } else {
                message.reply(null);
            }
        });
        deploy(route("request", "persistent").put("duplicates", new JsonObject().put("window", 10)));
        publish("builds.1.finished", MessageProperties.builder().messageId("m"), "1");
        var dead = take(exchange + ".dead-letter");
        broken.set(false);
        publish("builds.1.finished", dead.properties(), dead.message().body());
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(count("in", RouteEvent.DUPLICATES)).isZero();
    }

    @Test
    void aHandlerThatNeverRepliesIsTimedOutAndAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        vertx.eventBus().localConsumer("builds", message -> {
            if (asked.incrementAndGet() == 2) {
                message.reply(null);
            }
        });
        var impatient = route("request", "persistent").put("timeout", "200ms");
        deploy(impatient);
        publish("builds.1.finished", "1");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(asked).hasValue(2);
    }

    @Test
    void duplicatesWithinTheWindowAreHandledOnce() throws Exception {
        var received = collect("builds");
        deploy(route("request", "persistent").put("duplicates", new JsonObject().put("window", 10)));
        var same = type("text/plain").messageId("same");
        publish("builds.1.finished", same, "a");
        eventually(() -> assertThat(received).hasSize(1));
        publish("builds.1.finished", same, "a");
        publish("builds.1.finished", "2");
        eventually(() -> assertThat(received).hasSize(2));
        assertThat(count("in", RouteEvent.DUPLICATES)).isEqualTo(1);
    }

    @Test
    void aDuplicateOfWhatIsBeingHandledWaitsForItsOutcome() throws Exception {
        var asked = new LinkedBlockingQueue<Message<Object>>();
        vertx.eventBus().localConsumer("builds", asked::add);
        deploy(route("request", "persistent")
                .put("duplicates", new JsonObject().put("window", 10))
                .put("onFailure", json("{'attempts': 1, 'then': 'drop'}")));
        var same = MessageProperties.builder().messageId("same");
        for (var copy = 0; copy < 3; copy++) {
            publish("builds.1.finished", same, "1");
        }
        eventually(() -> assertThat(status("in").open()).isEqualTo(3));
        assertThat(asked).hasSize(1);

        asked.take().fail(1, "not this time");
        var second = asked.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(second).isNotNull();
        second.reply(null);

        eventually(() -> assertThat(count("in", RouteEvent.DUPLICATES)).isEqualTo(1));
        assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1);
        eventually(() -> assertThat(status("in").open()).isZero());
        assertThat(asked).isEmpty();
    }

    @Test
    void whatCannotBeReadIsDeadLetteredWithTheReasonAndTheRouteGoesOn() throws Exception {
        var received = collect("builds");
        deploy(route("request", "persistent"));
        var dead = exchange + ".dead-letter";

        publish("builds.1.finished", "{broken");
        assertThat(reason(dead)).startsWith("unreadable: ").containsIgnoringCase("json");
        publish("builds.1.finished", type("application/x-python-serialize"), "cos\nsystem\n(S'id'\ntR.");
        assertThat(reason(dead)).containsIgnoringCase("python");
        publish("builds.1.finished", compressed("application/x-gzip"), bomb());
        assertThat(reason(dead)).containsIgnoringCase("inflate");

        publish("builds.2.finished", "2");
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(count("in", RouteEvent.UNREADABLE)).isEqualTo(3);
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    /** The Java client would give up the connection over it, again and again. */
    @Test
    void whatTheEventBusDoesNotTakeIsDeadLetteredAndHoldsUpNobody() throws Exception {
        var received = collect("builds");
        deploy(route("request", "persistent"));
        vertx.eventBus().unregisterCodec("dev.busbar.handover");
        publish("builds.1.finished", type("application/json"), "{}");
        publish("builds.2.finished", type("application/json"), "2");

        assertThat(reason(exchange + ".dead-letter")).startsWith("not fit for the event bus");
        eventually(() -> assertThat(received).hasSize(1));
    }

    @Test
    void headersNestedWithoutEndAreDeadLetteredAndTheConnectionStays() throws Exception {
        broker.assume(Ability.DEEPLY_NESTED_HEADERS);
        var received = collect("builds");
        deploy(route("request", "persistent"));
        publish("builds.1.finished", nested(20), "1");
        publish("builds.2.finished", nested(100), "2");
        publish("builds.3.finished", "3");
        assertThat(reason(exchange + ".dead-letter")).contains("nested");
        eventually(() -> assertThat(received).extracting(Message::body).containsExactly(1, 3));
        assertThat(received.get(0).headers().get("x-deep")).contains("\"in\"");
        assertThat(count("in", RouteEvent.RECEIVED)).isEqualTo(3);
    }

    private static PropertiesBuilder nested(int depth) {
        Object value = List.of(1, "two");
        for (var i = 0; i < depth; i++) {
            value = i % 2 == 0 ? Map.of("in", value) : List.of(value, "x");
        }
        return MessageProperties.builder()
                .contentType("application/json")
                .messageId("deep-" + depth)
                .header("first", "f".repeat(50))
                .header("x-deep", value);
    }

    @Test
    void aBodyOverTheBoundIsDeadLetteredAndTheRouteGoesOn() throws Exception {
        var received = collect("builds");
        var config = config(route("request", "persistent"));
        config.getJsonObject("broker").put("maxMessageSize", "1MiB");
        deploy(config, 1);
        publish("builds.1.finished", MessageProperties.builder(), new byte[(1 << 20) + 1]);
        publish("builds.2.finished", "2");
        assertThat(reason(exchange + ".dead-letter")).contains("1048577").contains("maxMessageSize");
        eventually(() -> assertThat(received).hasSize(1));
    }

    private String reason(String queue) {
        return take(queue).header("x-busbar-reason").toString();
    }

    private static PropertiesBuilder type(String contentType) {
        return MessageProperties.builder().contentType(contentType);
    }

    private static PropertiesBuilder compressed(String compression) {
        return MessageProperties.builder().contentType("application/json").header("compression", compression);
    }

    /** Two hundred million spaces, in two hundred thousand bytes. */
    private static byte[] bomb() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            var spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 200; i++) {
                deflater.write(spaces);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void carriesTextBytesCompressedEmptyAndLargeBodies() throws Exception {
        var received = collect("builds");
        deploy(route("request", "persistent"));

        publish("builds.1.finished", type("text/plain"), "grüße");
        publish("builds.1.finished", type("application/octet-stream"), "\u0001\u0002");
        var deflated = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(deflated)) {
            deflater.write("[1,2]".getBytes(StandardCharsets.UTF_8));
        }
        publish("builds.1.finished", compressed("application/x-gzip"), deflated.toByteArray());
        publish("builds.1.finished", MessageProperties.builder(), new byte[0]);
        publish("builds.1.finished", type("application/octet-stream"), new byte[BrokerUnderTest.LARGE]);

        eventually(() -> assertThat(received).hasSize(5));
        assertThat(received.get(0).body()).isEqualTo("grüße");
        assertThat(received.get(1).body()).isEqualTo(Buffer.buffer("\u0001\u0002"));
        assertThat(received.get(2).body()).isEqualTo(new JsonArray("[1,2]"));
        assertThat(received.get(3).body()).isEqualTo(Buffer.buffer());
        assertThat(((Buffer) received.get(4).body()).length()).isEqualTo(BrokerUnderTest.LARGE);
    }

    @Test
    void theHandlersReplyGoesBackToWhoeverAskedOverTheBroker() throws Exception {
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "builds",
                        message -> message.reply(
                                new JsonObject().put("twice", message.body().getInteger("n") * 2)));
        deploy(route("request", "persistent"));
        var replies = foreign.declareOwnQueue();
        publish(
                "builds.1.finished",
                MessageProperties.builder()
                        .contentType("application/json")
                        .replyTo(replies)
                        .correlationId("q-1"),
                "{\"n\": 21}");

        var reply = take(replies);
        assertThat(reply.text()).isEqualTo("{\"twice\":42}");
        assertThat(reply.properties().correlationId()).isEqualTo("q-1");
        assertThat(reply.properties().contentType()).isEqualTo("application/json");
    }

    @Test
    void aReplyNobodyTakesIsCountedAndTheRequestSettled() throws Exception {
        broker.assume(Ability.RETURNING);
        collect("builds");
        deploy(route("request", "persistent"));
        publish("builds.1.finished", MessageProperties.builder().replyTo("gone"), "1");
        eventually(() -> assertThat(count("in", RouteEvent.REPLIES_LOST)).isEqualTo(1));
        eventually(() -> assertThat(depth(queue())).isZero());
        assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1);
    }

    @Test
    void aCleanStopRemovesUntilStopQueuesAndKeepsPersistentOnesAndTheExchange() throws Exception {
        broker.assume(Ability.DECLARING);
        var transientRoute = json("{'name': 'tail', 'from': {'filter': '#'}, 'to': {'address': 'all'},"
                + " 'onFailure': {'then': 'drop'}}");
        var untilStop = route("request", "until-stop").put("name", "until-stop");
        var id = deploy(untilStop, transientRoute);
        assertThat(foreign.queueExists(queue())).isTrue();
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(queue())).isFalse();
        assertThat(foreign.exchangeExists(exchange)).isTrue();

        id = deploy(route("request", "persistent"));
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(queue())).isTrue();
        assertThat(foreign.exchangeExists(exchange)).isTrue();

        publish("builds.3.finished", "3");
        var received = collect("builds");
        deploy(route("request", "persistent"));
        eventually(() -> assertThat(received).hasSize(1));
    }

    @Test
    void aCleanStopWaitsForHandlersAndLosesNothing() throws Exception {
        var handling = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().localConsumer("builds", handling::add);
        var id = deploy(route("request", "persistent").put("timeout", "30s"));
        for (var i = 0; i < 20; i++) {
            publish("builds." + i + ".finished", "" + i);
        }
        eventually(() -> assertThat(handling).hasSize(20));
        var undeployed = vertx.undeploy(id);
        handling.subList(0, 10).forEach(message -> message.reply(null));
        handling.subList(10, 20).forEach(message -> message.fail(1, "interrupted"));
        get(undeployed);
        eventually(() -> assertThat(depth(queue())).isEqualTo(10));
    }

    @Test
    void severalInstancesShareAQueueAndDeliverATransientOneOnce() throws Exception {
        var held = new ConcurrentLinkedQueue<Message<Object>>();
        var once = new AtomicInteger();
        vertx.eventBus().localConsumer("builds", held::add);
        vertx.eventBus().localConsumer("all", message -> once.incrementAndGet());
        var config = config(
                route("request", "persistent").put("prefetch", 10).put("timeout", "30s"),
                json("{'name': 'tail', 'from': {'filter': '#'}, 'to': {'address': 'all'}}"));
        deploy(config, 3);
        assertThat(BridgeStatus.of(vertx).routes()).hasSize(4);
        for (var i = 0; i < 100; i++) {
            publish("builds." + i + ".finished", "" + i);
        }

        // Unanswered, each instance gets as many as it may have.
        eventually(() -> assertThat(BridgeStatus.of(vertx).routes())
                .filteredOn(status -> status.name().equals("in"))
                .extracting(RouteStatus::open)
                .containsExactly(10, 10, 10));
        eventually(() -> {
            for (var message = held.poll(); message != null; message = held.poll()) {
                message.reply(null);
            }
            assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(100);
        });
        eventually(() -> assertThat(once).hasValue(100));
    }

    @Test
    void whatExistsWithOtherArgumentsIsReportedAndLeftAlone() throws Exception {
        broker.assume(Ability.DECLARING);
        foreign.declareExchange(exchange, "direct");
        assertThatThrownBy(() -> deploy(route("request", "persistent")))
                .hasMessageContaining("route 'in'")
                .hasMessageContaining(exchange)
                .hasMessageContaining("topic");
        assertThat(foreign.exchangeExists(exchange)).isTrue();

        foreign.deleteExchange(exchange);
        foreign.declareAutoDeleteQueue(queue());
        assertThatThrownBy(() -> deploy(route("request", "persistent")))
                .hasMessageContaining("wanted: queue '" + queue() + "'")
                .hasMessageContaining("durable");
        assertThat(foreign.queueExists(queue())).isTrue();
        foreign.deleteQueue(queue());
    }

    @Test
    void aClusterIsRefusedRatherThanIgnored() throws Exception {
        var config = config(route("request", "persistent")).put("cluster", new JsonObject().put("enabled", true));
        assertThatThrownBy(() ->
                        get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))))
                .hasMessageContaining("cluster.enabled");
    }

    @Test
    void theSameRouteDeployedTwiceIsRefused() throws Exception {
        deploy(route("request", "persistent"));
        assertThatThrownBy(() -> deploy(route("request", "persistent")))
                .hasMessageContaining("route 'in'")
                .hasMessageContaining("already");
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void aDeadLetterQueueDeletedUnderTheRouteIsDeclaredAgain() throws Exception {
        broker.assume(Ability.DECLARING);
        broker.assume(Ability.RETURNING);
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        deploy(route("request", "persistent"));
        foreign.deleteQueue(exchange + ".dead-letter");
        publish("builds.1.finished", "1");
        assertThat(take(exchange + ".dead-letter").text()).isEqualTo("1");
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
    }

    @Test
    void anExchangeDeletedUnderTheRouteIsDeclaredAndBoundAgain() throws Exception {
        broker.assume(Ability.DECLARING);
        var received = collect("builds");
        deploy(route("request", "persistent"));
        foreign.deleteExchange(exchange);
        eventually(() -> assertThat(foreign.exchangeExists(exchange)).isTrue());
        eventually(() -> {
            publish("builds.1.finished", "1");
            assertThat(received).isNotEmpty();
        });
    }

    @Test
    void aQueueDeletedUnderTheRouteIsDeclaredAgain() throws Exception {
        broker.assume(Ability.DECLARING);
        var received = collect("builds");
        deploy(route("request", "persistent"));
        foreign.deleteQueue(queue());
        eventually(() -> {
            publish("builds.1.finished", "1");
            assertThat(received).isNotEmpty();
        });
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void handlersRunOnTheirOwnEventLoopAndRoutesOnTheVerticles() throws Exception {
        var contexts = new CopyOnWriteArrayList<Context>();
        vertx.eventBus().localConsumer("builds", message -> {
            contexts.add(Vertx.currentContext());
            message.reply(null);
        });
        deploy(route("request", "persistent"));
        publish("builds.1.finished", "1");
        eventually(() -> assertThat(contexts).hasSize(1));
        assertThat(contexts.get(0).isEventLoopContext()).isTrue();
    }
}
