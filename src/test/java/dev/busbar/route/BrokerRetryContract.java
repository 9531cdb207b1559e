package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a handler has failed waits in the broker for its next attempt. */
abstract class BrokerRetryContract extends RouteFixture {

    final List<Message<Object>> failed = new CopyOnWriteArrayList<>();
    /** When each of them had come. */
    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    BrokerRetryContract(BrokerUnderTest broker) {
        super(broker);
    }

    JsonObject route(String queue, String more) {
        return json("{'name': 'in', 'from': {'filter': 'k.#', 'queue': {'name': '" + exchange + "-q'" + queue
                + "}}, 'to': {'address': 'a', 'delivery': 'request'}, 'timeout': '5s'" + more + "}");
    }

    static String waiting(int attempts, String pause) {
        return ", 'onFailure': {'attempts': " + attempts + ", 'wait': 'broker', 'backoff': {'initial': '" + pause
                + "', 'max': '" + pause + "'}}";
    }

    void fail() {
        get(vertx.eventBus()
                .localConsumer("a", message -> {
                    nanos.add(System.nanoTime());
                    failed.add(message);
                    message.fail(7, "not now");
                })
                .completion());
    }

    static String attempt(Message<Object> message) {
        return message.headers().get("amqp-attempt");
    }

    @Test
    void whatWaitsHoldsNoPlaceAndComesAgainAsItWas() {
        fail();
        deploy(route("", ", 'prefetch': 1, 'duplicates': {'window': 100}" + waiting(3, "1s")));
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId("m")
                .correlationId("c")
                .type("t")
                .expiration("600")
                .priority(3)
                .headers(Map.of("h", "v", "n", 5));
        publish("k.1", properties, "{\"a\":1}");
        publish(
                "k.2",
                MessageProperties.builder().contentType("application/json").messageId("m2"),
                "{}");

        // The second has its first attempt while the first one waits, though there is one place.
        eventually(() -> assertThat(failed).hasSizeGreaterThanOrEqualTo(2));
        assertThat(failed).extracting(BrokerRetryContract::attempt).startsWith("1", "1");
        eventually(() -> assertThat(status("in").open()).isZero());
        eventually(() -> assertThat(failed).hasSize(6));

        assertThat(failed)
                .filteredOn(message -> message.headers().get("amqp-message-id").equals("m"))
                .extracting(BrokerRetryContract::attempt)
                .containsExactly("1", "2", "3");
        assertThat(failed)
                .filteredOn(message -> message.headers().get("amqp-message-id").equals("m"))
                .allSatisfy(message -> assertThat(message.body()).isEqualTo(new JsonObject().put("a", 1)))
                .extracting(BrokerRetryContract::ownHeaders)
                .containsOnly(ownHeaders(failed.get(0)));
        var dead = take(exchange + ".dead-letter");
        assertThat(dead.header("x-busbar-attempts")).isEqualTo(3);
        assertThat(dead.header("x-busbar-routing-key")).isIn("k.1", "k.2");
        assertThat(dead.header("x-busbar-failures")).isNull();
        assertThat(count("in", RouteEvent.DELAYED)).isEqualTo(4);
        assertThat(count("in", RouteEvent.RETRIED)).isEqualTo(4);
    }

    /** Those that tell of the message. What waits is kept on disk, as what is parked is, and does not expire. */
    private static Map<String, String> ownHeaders(Message<Object> message) {
        var headers = new TreeMap<String, String>();
        message.headers().forEach(headers::put);
        headers.keySet()
                .removeAll(List.of(
                        "amqp-attempt",
                        "amqp-redelivered",
                        "amqp-persistent",
                        "amqp-expiration",
                        "x-busbar-expiration",
                        "x-delivery-count",
                        "x-acquired-count"));
        return headers;
    }

    @Test
    void attemptsCountOnAfterARestartOfOurs() {
        fail();
        var deployed = deploy(route("", waiting(2, "700ms")));
        publish("k", MessageProperties.builder().contentType("application/json").messageId("m"), "{}");
        eventually(() -> assertThat(count("in", RouteEvent.DELAYED)).isOne());
        get(vertx.undeploy(deployed));

        deploy(config(route("", waiting(2, "700ms"))), 1);

        assertThat(take(exchange + ".dead-letter").header("x-busbar-attempts")).isEqualTo(2);
        assertThat(failed).extracting(BrokerRetryContract::attempt).containsExactly("1", "2");
    }

    @Test
    void aDelayQueueThatWasDeletedIsDeclaredAgain() {
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING));
        fail();
        deploy(route("", waiting(2, "200ms")));
        foreign.deleteQueue(exchange + "-q.retry.200");

        publish("k", MessageProperties.builder().contentType("application/json").messageId("m"), "{}");

        assertThat(take(exchange + ".dead-letter").header("x-busbar-attempts")).isEqualTo(2);
        eventually(() -> assertThat(status("in").condition()).isEqualTo(Condition.READY));
        assertThat(foreign.queueExists(exchange + "-q.retry.200")).isTrue();
    }

    @Test
    void aDelayQueueThatExistsOtherwiseIsReportedAndLeftAlone() {
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING));
        foreign.declareQueue(exchange + "-q.retry.200", Map.of("x-message-ttl", 5));

        assertThatThrownBy(() -> deploy(route("", waiting(2, "200ms"))))
                .hasStackTraceContaining(exchange + "-q.retry.200")
                .hasStackTraceContaining("x-message-ttl");
        assertThat(foreign.queueExists(exchange + "-q.retry.200")).isTrue();
    }

    @Test
    void withAQueueUntilTheStopItsDelayQueuesGoToo() {
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING));
        var pauses =
                ", 'onFailure': {'attempts': 4, 'wait': 'broker', 'backoff': {'initial': '100ms', 'max': '200ms'}}";
        var deployed = deploy(route(", 'life': 'until-stop'", pauses));
        for (var pause : List.of("100", "200")) {
            assertThat(foreign.queueExists(exchange + "-q.retry." + pause)).isTrue();
        }
        assertThat(foreign.queueExists(exchange + "-q.retry.400")).isFalse();

        get(vertx.undeploy(deployed));

        for (var queue : List.of("-q", "-q.retry.100", "-q.retry.200")) {
            assertThat(foreign.queueExists(exchange + queue)).isFalse();
        }
    }

    @Test
    void whatWaitsIsNotRemovedWhileAnotherNodeConsumesTheQueue() {
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING));
        fail();
        var route = config(route(", 'life': 'until-stop'", waiting(2, "3s")));
        var deployed = deploy(route, 1);
        publish("k", MessageProperties.builder().contentType("application/json").messageId("m"), "{}");
        eventually(() -> assertThat(count("in", RouteEvent.DELAYED)).isOne());
        var other = Vertx.vertx();
        try {
            List<Message<Object>> there = new CopyOnWriteArrayList<>();
            get(other.eventBus().localConsumer("a", there::add).completion());
            var remaining = get(other.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(route)));

            get(vertx.undeploy(deployed));

            eventually(() ->
                    assertThat(there).extracting(BrokerRetryContract::attempt).containsExactly("2"));
            there.get(0).reply(null);
            get(other.undeploy(remaining));
            assertThat(foreign.queueExists(exchange + "-q.retry.3000")).isFalse();
        } finally {
            get(other.close());
        }
    }

    /** RabbitMQ 4.3 delays quorum queues by itself; earlier ones pass the arguments over. */
    @Test
    void whatAQuorumQueueDelaysByItselfComesAgainWithTheAttemptsCounted() {
        fail();
        var queue = ", 'type': 'quorum', 'arguments': {'x-delayed-retry-type': 'failed', 'x-delayed-retry-min': 300,"
                + " 'x-delayed-retry-max': 300}";
        deploy(route(queue, ", 'prefetch': 1" + waiting(3, "300ms")));
        // What counted for it when it was in a queue before, be it this one, says nothing of now.
        publish(
                "k.1",
                MessageProperties.builder()
                        .contentType("application/json")
                        .messageId("m")
                        .header("x-delivery-count", 7L),
                "{}");

        assertThat(take(exchange + ".dead-letter").header("x-busbar-attempts")).isEqualTo(3);
        assertThat(failed).extracting(BrokerRetryContract::attempt).containsExactly("1", "2", "3");
        for (var next = 1; next < nanos.size(); next++) {
            assertThat(Duration.ofNanos(nanos.get(next) - nanos.get(next - 1)))
                    .as("what the broker has had it wait, before attempt %d", next + 1)
                    .isGreaterThan(Duration.ofMillis(290));
        }
        assertThat(count("in", RouteEvent.DELAYED)).isEqualTo(2);
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(foreign.queueExists(exchange + "-q.retry.300")).isEqualTo(!delaysByItself());
    }

    boolean delaysByItself() {
        return RabbitRelease.chosen() == RabbitRelease.V4;
    }

    @Test
    void whatAStrangerWritesIntoTheHeadersDoesNoHarm() {
        // RabbitMQ 3 does not tell over AMQP 1.0 that the default exchange has routed it, and the headers are not read.
        Assumptions.assumeTrue(broker.abilities().contains(Ability.DECLARING));
        fail();
        deploy(route("", waiting(2, "200ms")));
        var headers = Map.<String, Object>of(
                "x-busbar-failures", Integer.MAX_VALUE, "x-busbar-exchange", "x", "x-busbar-routing-key", "y");
        var garbage =
                Map.<String, Object>of("x-busbar-failures", -5, "x-busbar-exchange", "x", "x-busbar-routing-key", "y");
        foreign.publish(List.of(
                new BridgeMessage(
                        "",
                        exchange + "-q",
                        MessageProperties.builder()
                                .contentType("application/json")
                                .headers(headers)
                                .build(),
                        Buffer.buffer("{}")),
                new BridgeMessage(
                        "",
                        exchange + "-q",
                        MessageProperties.builder()
                                .contentType("application/json")
                                .headers(garbage)
                                .build(),
                        Buffer.buffer("{}"))));

        take(exchange + ".dead-letter");
        take(exchange + ".dead-letter");
        assertThat(failed).extracting(BrokerRetryContract::attempt).containsExactly("10001", "1", "2");
    }

    /**
     * Also what the broker is passing on at that moment. It is stopped once before: RabbitMQ 4.3.6 has lost all that
     * was in a quorum queue that was declared within the second before it was killed.
     */
    void everythingThatWaitsComesAgain(RabbitNode node) {
        var count = 300;
        fail();
        deploy(route("", waiting(2, "1s")));
        node.restart();
        eventually(() -> assertThat(status("in").condition()).isEqualTo(Condition.READY));
        foreign.close();
        foreign = broker.admin();
        foreign.publish(IntStream.range(0, count)
                .mapToObj(n -> new BridgeMessage(
                        exchange,
                        "k." + n,
                        MessageProperties.builder()
                                .contentType("application/json")
                                .messageId("m" + n)
                                .build(),
                        Buffer.buffer("{}")))
                .toList());
        eventually(() -> assertThat(count("in", RouteEvent.DELAYED)).isEqualTo(count));

        node.kill();
        node.start();

        eventually(() -> assertThat(failed.stream()
                        .filter(message -> !attempt(message).equals("1"))
                        .map(message -> message.headers().get("amqp-message-id"))
                        .distinct())
                .hasSize(count));
    }
}
