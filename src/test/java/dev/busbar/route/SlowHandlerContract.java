package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.codec.MessageProperties;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A handler that is slower than the broker's {@code consumer_timeout}: the broker takes the message back and delivers
 * it again, time and again. Or none at all: the message waits in its queue.
 */
abstract class SlowHandlerContract extends RouteFixture {

    private final List<Message<Object>> held = new CopyOnWriteArrayList<>();
    private final Set<Condition> conditions = ConcurrentHashMap.newKeySet();

    private final RabbitNode node;

    SlowHandlerContract(BrokerUnderTest broker, RabbitNode node) {
        super(broker);
        this.node = node;
    }

    @BeforeEach
    void impatient() {
        patience(1_000);
    }

    /** Of channels and consumers from now on. */
    private void patience(int millis) {
        node.ctl("eval", "application:set_env(rabbit, consumer_timeout, " + millis + ").");
    }

    /** Has the node look for messages to take back twice a second: 3.10 and 4.0 do. 4.3 looks at the time. */
    static RabbitNode impatient(RabbitNode node) {
        node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 500).");
        return node;
    }

    private JsonObject route() {
        return route("");
    }

    private JsonObject route(String arguments) {
        return json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent', 'type': 'quorum'"
                + arguments + "}}, 'to': {'address': 'a', 'delivery': 'request'},"
                + " 'timeout': '5m', 'onFailure': {'attempts': 2, 'backoff': {'initial': '10ms', 'max': '10ms'}}}");
    }

    private void listen() {
        get(vertx.eventBus().localConsumer("a", held::add).completion());
    }

    private void publish() {
        publish("k", MessageProperties.builder().contentType("application/json").messageId("slow"), "{}");
    }

    private long watch() {
        return vertx.setPeriodic(
                2, id -> BridgeStatus.of(vertx).routes().forEach(route -> conditions.add(route.condition())));
    }

    /** The broker has taken it back this often, and delivered it again. */
    private void awaitAgain(int times) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            node.lookAtConsumerTimeouts();
            return count("in", RouteEvent.RECEIVED) > times;
        });
    }

    @Test
    void aSlowHandlerHasTheMessageOnceAndItsLateReplySettlesIt() {
        listen();
        var deployed = deploy(route());
        publish();
        // Many clients write no id.
        publish("k", MessageProperties.builder().contentType("application/json"), "{}");
        eventually(() -> assertThat(held).hasSize(2));
        var watch = watch();

        awaitAgain(5);
        assertThat(held).hasSize(2);
        held.forEach(message -> message.reply(null));

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(2));
        // The broker may have taken one back just before: then it comes once more, and is known to be handled.
        eventually(() ->
                assertThat(node.ctl("list_queues", "name", "messages").lines()).contains(exchange + "-q\t0"));
        vertx.cancelTimer(watch);
        get(vertx.undeploy(deployed));
        assertThat(foreign.get(exchange + "-q")).isNull();
        assertThat(held).hasSize(2);
        assertThat(conditions).containsExactly(Condition.READY);
    }

    @Slow
    @Test
    void attemptsCountOnWhenTheMessageHasComeAgain() {
        listen();
        deploy(route());
        publish();
        awaitAgain(1);

        held.get(0).fail(1, "first");
        eventually(() -> assertThat(held).hasSize(2));
        assertThat(held.get(1).headers().get("amqp-attempt")).isEqualTo("2");
        awaitAgain(2);
        held.get(1).fail(1, "second");

        assertThat(take(exchange + ".dead-letter").header("x-busbar-attempts")).isEqualTo(2);
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(held).hasSize(2);
    }

    @Slow
    @Test
    void aMessageThatNobodyListensToWaitsAndTheRouteSaysSoAllTheTime() {
        patience(4_000);
        deploy(route(", 'arguments': {'x-delivery-limit': 3}"));
        publish();
        eventually(() -> assertThat(status("in").condition()).isEqualTo(Condition.DEGRADED));
        watch();

        // It is given back once, and would be taken back and delivered again every fifth second.
        eventually(() -> assertThat(depth(exchange + "-q")).isOne());
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(6))
                .until(() -> depth(exchange + "-q") == 1 && status("in").open() == 0);
        assertThat(count("in", RouteEvent.RECEIVED)).isOne();
        assertThat(conditions).containsExactly(Condition.DEGRADED);
        listen();

        eventually(() -> assertThat(held).hasSize(1));
        assertThat(held.get(0).headers().get("amqp-attempt")).isEqualTo("1");
        held.get(0).reply(null);
        eventually(() -> assertThat(status("in").condition()).isEqualTo(Condition.READY));
        assertThat(count("in", RouteEvent.HANDLED)).isOne();
    }

    @Test
    void attemptsCountOnWhenAHandlerHasGoneAndAnotherComes() {
        var going = vertx.eventBus().localConsumer("a", message -> message.fail(1, "first"));
        deploy(json(route().encode().replace("10ms", "1s")));
        publish();
        eventually(() -> assertThat(status("in").open()).isOne());
        get(going.unregister());
        eventually(() -> assertThat(depth(exchange + "-q")).isOne());

        listen();

        eventually(() -> assertThat(held).hasSize(1));
        assertThat(held.get(0).headers().get("amqp-attempt")).isEqualTo("2");
        held.get(0).fail(1, "second");
        assertThat(take(exchange + ".dead-letter").header("x-busbar-attempts")).isEqualTo(2);
    }
}
