package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.deadletter.DeadLetterQueue;
import dev.busbar.deadletter.DeadMessage;
import dev.busbar.deadletter.MoveReport;
import dev.busbar.deadletter.Selection;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking at what could not be handled, and putting it back, whatever the broker. */
abstract class DeadLetterContract extends RouteFixture {

    private final List<LettersNode> nodes = new ArrayList<>();

    DeadLetterContract(BrokerUnderTest broker) {
        super(broker);
    }

    LettersNode node(BusbarConfig config) {
        var node = new LettersNode(vertx, config);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(LettersNode::close);
    }

    private JsonObject route(String then) {
        return json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'timeout': '5s',"
                + " 'onFailure': {'attempts': 1, 'then': '" + then + "'}}");
    }

    private BusbarConfig loaded(JsonObject route) {
        return ConfigLoader.fromJson(config(route));
    }

    private static DeadLetterQueue queueOf(BusbarConfig config) {
        return DeadLetterQueue.of(config.routes()).get(0);
    }

    /** Lets the route fail with these, and stops it. */
    private BusbarConfig given(String then, Runnable publishing, int count) {
        var handler = vertx.eventBus().consumer("builds", message -> message.fail(42, "no disk"));
        var deployed = deploy(route(then));
        publishing.run();
        var counted = then.equals("park") ? RouteEvent.PARKED : RouteEvent.DEAD_LETTERED;
        eventually(() -> assertThat(count("in", counted)).isEqualTo(count));
        get(vertx.undeploy(deployed));
        get(handler.unregister());
        return loaded(route(then));
    }

    /** As a route would have left them, in a queue bound as its own would be. */
    BusbarConfig left(int count) {
        deployAndStop();
        leave(exchange, count);
        return loaded(route("dead-letter"));
    }

    private void deployAndStop() {
        get(vertx.undeploy(deploy(route("dead-letter"))));
    }

    private void leave(String from, int count) {
        if (count > 0) {
            foreign.publish(
                    IntStream.range(0, count).mapToObj(i -> dead(from, i)).toList());
        }
    }

    private BridgeMessage dead(String from, int i) {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId("id-" + i)
                .persistent(true)
                .header("x-busbar-reason", "no disk")
                .header("x-busbar-route", "in")
                .header("x-busbar-attempts", 1)
                .header("x-busbar-exchange", from)
                .header("x-busbar-routing-key", "builds." + i + ".finished")
                .build();
        return new BridgeMessage("", exchange + ".dead-letter", properties, Buffer.buffer("" + i));
    }

    private List<Message<Object>> handled() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer("builds", message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        return received;
    }

    private static List<DeadMessage> look(LettersNode node, DeadLetterQueue queue) {
        return get(node.letters.look(queue, 200, 1 << 20)).messages();
    }

    List<String> ids(String queue) {
        return Stream.generate(() -> foreign.get(queue))
                .takeWhile(it -> it != null)
                .map(it -> it.properties().messageId())
                .toList();
    }

    @Test
    void goesBackAsItWasAndIsHandled() {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId("17")
                .header("x-n", 5);
        var config = given("dead-letter", () -> publish("builds.17.finished", properties, "{\"id\": 17}"), 1);
        var node = node(config);
        var queue = queueOf(config);

        var seen = look(node, queue);
        assertThat(seen)
                .extracting(
                        it -> it.message().routingKey(), DeadMessage::route, DeadMessage::reason, DeadMessage::attempts)
                .containsExactly(tuple("builds.17.finished", "in", "the handler failed: 42 no disk", 1));
        assertThat(seen.get(0).message().exchange()).isEqualTo(exchange);
        assertThat(seen.get(0).at()).isNotNull();
        assertThat(look(node, queue))
                .extracting(DeadMessage::token)
                .containsExactly(seen.get(0).token());

        var report = get(
                node.letters.requeue(queue, new Selection.Of(List.of(seen.get(0).token()))));

        assertThat(report.moved()).as("%s", report).isEqualTo(1);
        deploy(route("dead-letter"));
        var received = handled();
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).body()).isEqualTo(new JsonObject().put("id", 17));
        var headers = received.get(0).headers();
        assertThat(headers.get("amqp-routing-key")).isEqualTo("builds.17.finished");
        assertThat(headers.get("amqp-message-id")).isEqualTo("17");
        assertThat(headers.get("x-n")).isEqualTo("5");
        assertThat(headers.names().stream().filter(it -> it.startsWith("x-busbar-")))
                .containsExactly("x-busbar-requeues");
        assertThat(look(node, queue)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsSeenAsItIsAndCanBePutBack() {
        var body = new byte[] {'{', (byte) 0xff, 0};
        var config = given(
                "dead-letter",
                () -> publish("builds.1.finished", MessageProperties.builder().contentType("application/json"), body),
                1);
        var node = node(config);

        assertThat(look(node, queueOf(config))).singleElement().satisfies(it -> {
            assertThat(it.reason()).contains("unreadable");
            assertThat(it.attempts()).isZero();
            assertThat(it.message().body().getBytes()).isEqualTo(body);
        });
        assertThat(get(node.letters.requeue(queueOf(config), new Selection.First(1)))
                        .moved())
                .isEqualTo(1);
        assertThat(take(exchange + "-q").message().body().getBytes()).isEqualTo(body);
    }

    /** Though it comes by the queue's name. */
    @Test
    void whatWasParkedGoesToItsQueueAloneAndHasItsKey() {
        var config = given("park", () -> publish("builds.17.finished", "17"), 1);
        var others = bound("builds.#");

        var report = get(node(config).letters.requeue(queueOf(config), new Selection.First(10)));

        assertThat(report.moved()).as("%s", report).isEqualTo(1);
        deploy(route("park"));
        var received = handled();
        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).headers().get("amqp-routing-key")).isEqualTo("builds.17.finished");
        assertThat(received.get(0).headers().get("amqp-exchange")).isEqualTo(exchange);
        assertThat(foreign.get(others)).isNull();
    }

    @Test
    void whatNoQueueTakesStays() {
        broker.assume(Ability.RETURNING);
        var config = left(3);
        foreign.deleteQueue(exchange + "-q");

        var report = get(node(config).letters.requeue(queueOf(config), new Selection.First(10)));

        assertThat(report.moved()).isZero();
        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.failures()).allSatisfy(it -> assertThat(it.reason()).contains("no queue takes it there"));
        eventually(() -> assertThat(depth(exchange + ".dead-letter")).isEqualTo(3));
    }

    /** A broker may close the channel over it. */
    @Test
    void whatCameFromAnExchangeThatIsGoneStaysAndHoldsUpNoOther() {
        broker.assume(Ability.RETURNING);
        var config = left(3);
        leave(exchange + "-gone", 5);
        foreign.publish(List.of(dead(exchange, 3)));

        var report = get(node(config).letters.requeue(queueOf(config), new Selection.First(100)));

        assertThat(report.moved()).as("%s", report).isEqualTo(4);
        assertThat(report.failed()).isEqualTo(5);
        eventually(() -> assertThat(depth(exchange + ".dead-letter")).isEqualTo(5));
        assertThat(ids(exchange + "-q")).containsOnly("id-0", "id-1", "id-2", "id-3");
    }

    @Test
    void whatDoesNotSayWhereItCameFromStays() {
        var config = left(0);
        foreign.publish("", exchange + ".dead-letter", "stray");
        var node = node(config);

        var report = get(node.letters.requeue(queueOf(config), new Selection.First(10)));

        assertThat(report.failures())
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).contains("does not say where it came from"));
        assertThat(look(node, queueOf(config))).singleElement().satisfies(it -> {
            assertThat(it.route()).isNull();
            assertThat(it.message().body().toString()).isEqualTo("stray");
        });
    }

    @Test
    void onlyWhatIsSelectedIsDiscardedAndTheRestKeepsItsOrder() {
        var config = left(10);
        var node = node(config);
        var seen = look(node, queueOf(config));
        var tokens = List.of(seen.get(2).token(), seen.get(7).token(), "nonsense");

        var report = get(node.letters.discard(queueOf(config), new Selection.Of(tokens)));

        assertThat(report.moved()).isEqualTo(2);
        assertThat(report.missing()).containsExactly("nonsense");
        assertThat(look(node, queueOf(config)))
                .extracting(it -> it.message().properties().messageId())
                .containsExactly("id-0", "id-1", "id-3", "id-4", "id-5", "id-6", "id-8", "id-9");
        var again = get(node.letters.discard(queueOf(config), new Selection.Of(tokens.subList(0, 2))));
        assertThat(again.moved()).isZero();
        assertThat(again.missing()).containsExactlyInAnyOrderElementsOf(tokens.subList(0, 2));
    }

    /** On one node, and on two. */
    @Test
    void callersAtOnceMoveEachMessageOnce() {
        var count = 150;
        var config = left(count);
        var one = node(config);
        var other = node(config);
        var queue = queueOf(config);
        var tokens = look(one, queue).stream().map(DeadMessage::token).toList();

        var reports = get(Future.all(
                        one.letters.requeue(queue, new Selection.Of(tokens)),
                        one.letters.requeue(queue, new Selection.First(count)),
                        other.letters.requeue(queue, new Selection.Of(tokens)))
                .map(all -> all.<MoveReport>list()));

        assertThat(reports.stream().mapToInt(MoveReport::moved).sum())
                .as("%s", reports)
                .isEqualTo(count);
        eventually(() -> assertThat(depth(exchange + "-q")).isEqualTo(count));
        assertThat(ids(exchange + "-q"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "id-" + i).toList());
    }

    @Test
    void noMoreIsLookedAtThanThereIsRoomFor() {
        var config = left(0);
        foreign.publish(IntStream.range(0, 5)
                .mapToObj(i -> new BridgeMessage(
                        "",
                        exchange + ".dead-letter",
                        MessageProperties.builder().build(),
                        Buffer.buffer(new byte[400_000])))
                .toList());
        var node = node(config);

        assertThat(look(node, queueOf(config))).hasSize(3);
        assertThat(get(node.letters.look(queueOf(config), 2, 1 << 30)).messages())
                .hasSize(2);
        eventually(() -> assertThat(depth(exchange + ".dead-letter")).isEqualTo(5));
    }
}
