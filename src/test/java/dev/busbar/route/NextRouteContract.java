package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routes that share a queue by {@code otherwise: next}, whatever the broker. */
abstract class NextRouteContract extends RouteFixture {

    NextRouteContract(BrokerUnderTest broker) {
        super(broker);
    }

    private String queue() {
        return exchange + "-q";
    }

    /** Consumes, and handles what is of one kind. */
    private JsonObject first() {
        return json("{'name': 'first', 'from': {'filter': 'orders.#', 'queue': {'name': '" + queue()
                + "', 'life': 'until-stop'}, 'where': [{'header': 'x-kind', 'equals': 'first'}],"
                + " 'otherwise': 'next'}, 'to': {'address': 'first'}, 'prefetch': 20}");
    }

    /** Handles what the first route passes on, if it is of another kind. */
    private JsonObject second(String otherwise) {
        return json(
                "{'name': 'second', 'from': {'queue': '" + queue()
                        + "', 'where': [{'header': 'x-kind', 'equals': 'second'}], 'otherwise': '" + otherwise
                        + "'}, 'to': {'address': 'second'}, 'onFailure': {'attempts': 3, 'backoff': {'initial': '10ms', 'max': '50ms'}}}");
    }

    /** Handles what the second route passes on. */
    private JsonObject rest() {
        return json("{'name': 'rest', 'from': {'queue': '" + queue() + "'}, 'to': {'address': 'rest'}}");
    }

    private void publishKind(String kind, int number) {
        publish("orders." + number, MessageProperties.builder().headers(Map.of("x-kind", kind)), "" + number);
    }

    private List<Message<Object>> collect(String address) {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer(address, message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        return received;
    }

    private static List<String> keys(List<Message<Object>> messages) {
        return messages.stream().map(it -> it.headers().get("amqp-routing-key")).toList();
    }

    private static String[] keys(IntStream numbers) {
        return numbers.mapToObj(it -> "orders." + it).toArray(String[]::new);
    }

    @Test
    void eachMessageGoesToTheFirstRouteWhoseConditionsItMeets() throws Exception {
        var first = collect("first");
        var second = collect("second");
        var rest = collect("rest");
        deploy(first(), second("next"), rest());

        for (var i = 0; i < 60; i++) {
            publishKind(List.of("first", "second", "third").get(i % 3), i);
        }

        eventually(() -> assertThat(first.size() + second.size() + rest.size()).isEqualTo(60));
        assertThat(keys(first)).containsExactly(keys(IntStream.range(0, 20).map(it -> 3 * it)));
        assertThat(keys(second)).containsExactly(keys(IntStream.range(0, 20).map(it -> 3 * it + 1)));
        assertThat(keys(rest)).containsExactly(keys(IntStream.range(0, 20).map(it -> 3 * it + 2)));
        eventually(() -> assertThat(status("first").open()).isZero());
        assertThat(count("first", RouteEvent.RECEIVED)).isEqualTo(60);
        assertThat(count("first", RouteEvent.FILTERED)).isEqualTo(40);
        assertThat(count("second", RouteEvent.RECEIVED)).isEqualTo(40);
        assertThat(count("second", RouteEvent.HANDLED)).isEqualTo(20);
        assertThat(count("rest", RouteEvent.HANDLED)).isEqualTo(20);
        assertThat(depth(queue())).isZero();
    }

    @Test
    void whatTheLastRouteHasNoUseForIsSettledAsItSays() throws Exception {
        collect("first");
        var second = collect("second");
        deploy(first(), second("accept"));

        publishKind("third", 1);
        publishKind("second", 2);

        eventually(() -> assertThat(keys(second)).containsExactly("orders.2"));
        eventually(() -> assertThat(status("first").open()).isZero());
        assertThat(count("second", RouteEvent.FILTERED)).isEqualTo(1);
        assertThat(depth(queue())).isZero();
    }

    @Test
    void itsFailuresAreItsOwn() throws Exception {
        collect("first");
        var attempts = new CopyOnWriteArrayList<String>();
        vertx.eventBus().localConsumer("second", message -> {
            attempts.add(message.headers().get("amqp-attempt"));
            message.fail(1, "no room");
        });
        deploy(first(), second("accept"));

        publishKind("second", 1);

        var dead = take(exchange + ".dead-letter");
        assertThat(dead.key()).isEqualTo("orders.1");
        assertThat(dead.properties().headers().get("x-busbar-reason").toString())
                .contains("no room");
        assertThat(dead.properties().headers().get("x-busbar-route")).isEqualTo("second");
        assertThat(attempts).containsExactly("1", "2", "3");
        eventually(() -> assertThat(count("second", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        assertThat(count("first", RouteEvent.DEAD_LETTERED)).isZero();
        assertThat(depth(queue())).isZero();
    }

    @Test
    void withoutItsHandlerNothingIsConsumedAndLaterAllComesInOrder() throws Exception {
        var first = collect("first");
        deploy(first(), second("accept"));

        publishKind("second", 0);
        eventually(() -> assertThat(status("second").condition()).isEqualTo(RouteStatus.Condition.DEGRADED));
        assertThat(status("second").detail()).contains("no handler").contains("'second'");
        eventually(() -> assertThat(status("first").detail())
                .isEqualTo("waits for route 'second' with the same queue: no handler listens at address 'second';"
                        + " messages wait"));
        for (var i = 1; i < 100; i++) {
            publishKind(i % 2 == 0 ? "second" : "first", i);
        }
        eventually(() -> assertThat(depth(queue())).as("all goes back").isGreaterThanOrEqualTo(50));

        var second = collect("second");
        eventually(() -> assertThat(second).hasSize(50));
        assertThat(keys(second)).containsExactly(keys(IntStream.range(0, 50).map(it -> 2 * it)));
        eventually(() -> assertThat(first).hasSize(50));
        eventually(() -> assertThat(status("second").condition()).isEqualTo(RouteStatus.Condition.READY));
        eventually(() -> assertThat(status("first").condition()).isEqualTo(RouteStatus.Condition.READY));
    }

    @Test
    void bothHandlersMayBeAwayAndComeBackOneAfterTheOther() throws Exception {
        deploy(first(), second("accept"));
        publishKind("second", 0);
        publishKind("first", 1);
        publishKind("second", 2);
        eventually(() -> assertThat(status("second").condition()).isEqualTo(RouteStatus.Condition.DEGRADED));

        var second = collect("second");
        eventually(() -> assertThat(status("first").detail()).startsWith("no handler listens at address 'first'"));
        eventually(() -> assertThat(status("second").detail())
                .startsWith("waits for route 'first' with the same queue: no handler"));
        var first = collect("first");

        eventually(() -> assertThat(keys(second)).containsExactly("orders.0", "orders.2"));
        eventually(() -> assertThat(keys(first)).containsExactly("orders.1"));
        eventually(() -> assertThat(depth(queue())).isZero());
    }

    @Test
    void aLostConnectionHandsNothingOutASecondTime() throws Exception {
        collect("first");
        var handling = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus().localConsumer("second", handling::add).completion());
        deploy(first(), second("accept"));
        for (var i = 0; i < 5; i++) {
            publish(
                    "orders." + i,
                    MessageProperties.builder().messageId("id-" + i).headers(Map.of("x-kind", "second")),
                    "" + i);
        }
        eventually(() -> assertThat(handling).hasSize(5));

        closeConnections();
        eventually(() -> assertThat(count("first", RouteEvent.RECEIVED)).isEqualTo(10));
        handling.forEach(message -> message.reply(null));

        eventually(() -> assertThat(status("first").open()).isZero());
        assertThat(handling).hasSize(5);
        assertThat(count("second", RouteEvent.HANDLED)).isEqualTo(5);
        assertThat(depth(queue())).isZero();
    }

    abstract void closeConnections();

    @Test
    void aCleanStopWaitsForItsHandlersAndGivesBackTheRest() throws Exception {
        collect("first");
        var handling = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus().localConsumer("second", handling::add).completion());
        var lasting = first();
        lasting.getJsonObject("from").getJsonObject("queue").put("life", "persistent");
        var id = deploy(lasting, second("accept"));
        for (var i = 0; i < 30; i++) {
            publishKind("second", i);
        }
        eventually(() -> assertThat(handling).hasSize(20));

        var undeployed = vertx.undeploy(id);
        handling.subList(0, 10).forEach(message -> message.reply(null));
        handling.subList(10, 20).forEach(message -> message.fail(1, "interrupted"));
        get(undeployed);

        eventually(() -> assertThat(depth(queue())).isEqualTo(20));
    }

    @Test
    void bothRunInEachOfSeveralInstances() throws Exception {
        var first = collect("first");
        var second = collect("second");
        deploy(config(first(), second("accept")), 3);
        assertThat(BridgeStatus.of(vertx).routes()).hasSize(6);

        for (var i = 0; i < 60; i++) {
            publishKind(i % 2 == 0 ? "second" : "first", i);
        }

        eventually(() -> assertThat(first).hasSize(30));
        eventually(() -> assertThat(second).hasSize(30));
        eventually(() -> assertThat(depth(queue())).isZero());
    }

    @Test
    void itsMessagesWaitInTheBrokerForItsNextAttempt() {
        var first = collect("first");
        var attempts = new CopyOnWriteArrayList<String>();
        vertx.eventBus().localConsumer("second", message -> {
            attempts.add(message.headers().get("amqp-attempt") + " "
                    + message.headers().get("amqp-routing-key"));
            message.fail(1, "no room");
        });
        var lasting = first().put("prefetch", 1);
        lasting.getJsonObject("from").getJsonObject("queue").put("life", "persistent");
        var waiting = second("accept");
        waiting.put(
                "onFailure",
                json("{'attempts': 3, 'wait': 'broker', 'then': 'park',"
                        + " 'backoff': {'initial': '1s', 'max': '1s'}}"));
        deploy(lasting, waiting);

        publishKind("second", 1);
        publishKind("first", 2);

        eventually(() -> assertThat(first).hasSize(1));
        assertThat(attempts).as("the first one holds no place").containsExactly("1 orders.1");
        var parked = take(queue() + ".parked");
        assertThat(parked.properties().headers().get("x-busbar-route")).isEqualTo("second");
        assertThat(attempts).containsExactly("1 orders.1", "2 orders.1", "3 orders.1");
        eventually(() -> assertThat(status("first").open()).isZero());
        assertThat(depth(queue())).isZero();
    }

    @Test
    void aStreamIsReadOnWhereItWasAfterARestart() throws Exception {
        var first = collect("first");
        var second = collect("second");
        var reading = first();
        reading.getJsonObject("from")
                .getJsonObject("queue")
                .put("life", "persistent")
                .put("type", "stream");
        var id = deploy(reading, second("accept"));
        for (var i = 0; i < 10; i++) {
            publishKind(i % 2 == 0 ? "second" : "first", i);
        }
        eventually(() -> assertThat(first.size() + second.size()).isEqualTo(10));
        assertThat(foreign.queueExists(queue() + ".position.first")).isTrue();
        assertThat(foreign.queueExists(queue() + ".position.second")).isFalse();

        get(vertx.undeploy(id));
        deploy(reading, second("accept"));
        publishKind("second", 10);

        eventually(() -> assertThat(keys(second)).endsWith("orders.10"));
        assertThat(first).hasSize(5);
        assertThat(second).hasSize(6);
    }

    @Test
    void itsBytesAreBoundedWhenTheFirstRouteOnlySends() {
        var handling = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus().localConsumer("second", handling::add).completion());
        var sending = first().put("prefetchBytes", "100KiB");
        sending.getJsonObject("to").put("delivery", "send");
        deploy(sending, second("accept"));
        for (var i = 0; i < 10; i++) {
            publish("orders." + i, MessageProperties.builder().headers(Map.of("x-kind", "second")), new byte[30 << 10]);
        }

        eventually(() -> assertThat(handling).hasSize(3));
        eventually(() -> assertThat(count("first", RouteEvent.GIVEN_BACK)).isPositive());
        var handled = 0;
        while (handled < 10) {
            var number = handled;
            eventually(() -> assertThat(handling).hasSizeGreaterThan(number));
            handling.get(handled++).reply(null);
        }
        eventually(() -> assertThat(count("second", RouteEvent.HANDLED)).isEqualTo(10));
        assertThat(handling).hasSize(10);
    }
}
