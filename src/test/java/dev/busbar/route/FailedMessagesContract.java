package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.deadletter.DeadLetterQueue;
import dev.busbar.deadletter.Selection;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failed messages go where the configuration says, whoever declares it, whatever the broker. */
abstract class FailedMessagesContract extends RouteFixture {

    FailedMessagesContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route(String onFailure) {
        return json("{'name': 'in', 'from': {'filter': 'builds.#', 'queue': {'name': '" + exchange
                + "-q'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'onFailure': " + onFailure + "}");
    }

    JsonObject failing(String onFailure) {
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        var route = route(onFailure.replace("X", exchange));
        route.getJsonObject("onFailure").put("attempts", 1).put("backoff", json("{'initial': '20ms', 'max': '100ms'}"));
        return route;
    }

    private void publishOne() {
        publish("builds.1", MessageProperties.builder().messageId("m").contentType("application/json"), "1");
    }

    private void assertNoDefaultNames() {
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isFalse();
        assertThat(foreign.queueExists(exchange + "-q.parked")).isFalse();
        if (broker.abilities().contains(Ability.DECLARING)) {
            assertThat(foreign.exchangeExists(exchange + ".dead-letter")).isFalse();
        }
    }

    /** The console shows the queue, and puts what is in it back. */
    private void putBack(JsonObject route) {
        BusbarConfig config = ConfigLoader.fromJson(config(route));
        var queue = DeadLetterQueue.of(config.routes()).get(0);
        try (var node = new LettersNode(vertx, config)) {
            assertThat(get(node.letters.look(queue, 10, 1 << 20)).messages())
                    .singleElement()
                    .satisfies(it -> assertThat(it.reason()).contains("never"));
            if (broker.abilities().contains(Ability.RETURNING)) {
                assertThat(get(node.letters.requeue(queue, new Selection.First(10)))
                                .moved())
                        .isEqualTo(1);
                assertThat(take(exchange + "-q").properties().messageId()).isEqualTo("m");
            }
        }
    }

    @Test
    void deadLettersGoToAnExchangeAndQueueByTheNamesAndKeyConfigured() {
        var route = failing("{'deadLetter': {'exchange': 'X-failed', 'key': 'failed.builds', 'queue': 'X-failed-q'}}");
        var id = deploy(route);
        publishOne();
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        get(vertx.undeploy(id));
        putBack(route);

        deploy(route);
        publishOne();
        var dead = take(exchange + "-failed-q");
        assertThat(dead.key()).isEqualTo("failed.builds");
        assertThat(dead.header("x-busbar-routing-key")).hasToString("builds.1");
        assertNoDefaultNames();
    }

    @Test
    void anExchangeOfOthersIsPublishedToAndLeftAsItIs() {
        broker.assume(Ability.DECLARING);
        foreign.declareExchange(exchange + "-dlx", "fanout");
        foreign.declareQueue(exchange + "-kept");
        bindKept();
        var route = failing("{'deadLetter': {'exchange': 'X-dlx', 'queue': 'X-kept', 'declare': false}}");
        var id = deploy(route);
        publishOne();
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        get(vertx.undeploy(id));
        putBack(route);
        assertThat(foreign.queueExists(exchange + "-kept")).isTrue();
        assertThat(foreign.exchangeExists(exchange + "-dlx")).isTrue();
        assertThat(foreign.queueExists(exchange + "-dlx")).isFalse();
        assertNoDefaultNames();
    }

    /** Returns whether the broker itself creates an exchange that somebody uses. */
    boolean createsWhatIsUsed() {
        return false;
    }

    /** Binds the queue of others to the exchange of others. */
    void bindKept() {
        foreign.bind(exchange + "-kept", exchange + "-dlx", "#");
    }

    @Test
    void theDefaultExchangeLeadsToAQueueOfOthers() {
        foreign.declareQueue(exchange + "-kept");
        var route = failing("{'deadLetter': {'exchange': '', 'queue': 'X-kept', 'declare': false}}");
        var id = deploy(route);
        publishOne();
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(1));
        get(vertx.undeploy(id));
        putBack(route);
        assertNoDefaultNames();
    }

    @Test
    void messagesAreParkedInTheQueueConfigured() {
        var route = failing("{'then': 'park', 'park': 'X-kept'}");
        var id = deploy(route);
        publishOne();
        eventually(() -> assertThat(count("in", RouteEvent.PARKED)).isEqualTo(1));
        get(vertx.undeploy(id));
        putBack(route);
        assertNoDefaultNames();
    }

    /** Its queue exists with other properties. */
    @Test
    void aRouteThatCannotStartLeavesNothingBehindForFailedMessages() {
        broker.assume(Ability.DECLARING);
        foreign.declareAutoDeleteQueue(exchange + "-q");
        for (var then : List.of("dead-letter", "park")) {
            var route = failing("{'then': '" + then + "'}");
            if (broker.abilities().contains(Ability.X_ARGUMENTS)) {
                route.getJsonObject("onFailure").put("wait", "broker").put("attempts", 2);
            }
            assertThatThrownBy(() -> deploy(route)).hasMessageContaining(exchange + "-q");
        }

        assertNoDefaultNames();
        assertThat(foreign.queueExists(exchange + "-q.retry.20")).isFalse();
        assertThat(foreign.queueExists(exchange + "-q")).isTrue();
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aMessageWaitsForAQueueThatOthersHaveYetToDeclare() {
        broker.assume(Ability.RETURNING);
        deploy(failing("{'then': 'park', 'park': {'queue': 'X-kept', 'declare': false}}"));
        publishOne();
        eventually(() -> {
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED);
            assertThat(status("in").detail()).contains("cannot move a message to '" + exchange + "-kept'");
        });
        assertThat(foreign.queueExists(exchange + "-kept")).isFalse();

        foreign.declareQueue(exchange + "-kept");
        assertThat(take(exchange + "-kept").text()).isEqualTo("1");
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
        assertThat(count("in", RouteEvent.PARKED)).isEqualTo(1);
    }

    @Test
    void aMessageWaitsForAnExchangeThatOthersHaveYetToDeclare() {
        broker.assume(Ability.DECLARING);
        deploy(failing("{'deadLetter': {'exchange': 'X-dlx', 'queue': 'X-kept', 'declare': false}}"));
        publishOne();
        eventually(() -> {
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED);
            assertThat(status("in").detail()).contains("cannot move a message to '" + exchange + "-dlx'");
        });
        assertThat(foreign.exchangeExists(exchange + "-dlx")).isEqualTo(createsWhatIsUsed());

        if (!createsWhatIsUsed()) {
            foreign.declareExchange(exchange + "-dlx", "fanout");
        }
        foreign.declareQueue(exchange + "-kept");
        bindKept();
        assertThat(take(exchange + "-kept").text()).isEqualTo("1");
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
    }
}
