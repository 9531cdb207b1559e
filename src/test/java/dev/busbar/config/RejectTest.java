package dev.busbar.config;

import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message can be rejected, and where that may lose it. */
class RejectTest {

    private static final String RABBITMQ = "broker: {uri: amqp://h}\n";
    private static final String PERSISTENT = "subscriptions: {persistent: {onFailure: {then: reject}}}";

    private static String route(String queue) {
        return routes("{name: r, from: {queue: " + queue + "}, to: {address: x}, onFailure: {then: reject}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker: {uri: embedded}", "broker: {uri: amqp10://h, dialect: qpid}"})
    void isNotForABrokerThatPutsBackWhatIsRejected(String broker) {
        assertThat(Loading.problems(broker + "\n" + route("q"))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].onFailure.then");
            assertThat(it.message()).contains("Broker-J", "back into its queue");
            assertThat(it.remedy()).contains("dead-letter");
        });
        assertThat(Loading.problems(broker + "\n" + PERSISTENT))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("subscriptions.persistent.onFailure.then"));
    }

    @Test
    void isNotForAStream() {
        assertThat(Loading.problems(RABBITMQ + route("{name: q, type: stream}")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure.then");
                    assertThat(it.message()).contains("stream");
                });
    }

    private static String waitingRoute(String queue) {
        return route(queue).replace("then: reject", "then: reject, wait: broker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q",
                "{name: q, arguments: {x-dead-letter-exchange: dlx}}",
                "{name: q, type: quorum, arguments: {x-delayed-retry-type: returned, x-dead-letter-exchange: dlx}}"
            })
    void wouldChangeTheRoutingKeyOfWhatHasWaitedInTheBroker(String queue) {
        assertThat(Loading.problems(RABBITMQ + waitingRoute(queue)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure.then");
                    assertThat(it.message()).contains("wait: broker", "under the name of the queue");
                    assertThat(it.remedy()).contains("wait to memory", "x-dead-letter-routing-key");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: q, arguments: {x-dead-letter-exchange: dlx, x-dead-letter-routing-key: failed}}",
                "{name: q, type: quorum, arguments: {x-delayed-retry-type: failed, x-dead-letter-exchange: dlx}}"
            })
    void goesWithWaitingInTheBrokerWhereTheKeyIsSaidOrStays(String queue) {
        assertThat(Loading.warnings(RABBITMQ + waitingRoute(queue))).isEmpty();
        assertThat(Loading.warnings(RABBITMQ + waitingRoute("q").replace("wait: broker", "wait: broker, attempts: 1")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker: {uri: amqp://h}", "broker: {uri: amqp10://h, dialect: artemis}"})
    void isWorthAWarningWhereNoDeadLetterExchangeCanBeSeen(String broker) {
        assertThat(Loading.warnings(broker + "\n" + route("q"))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].onFailure.then");
            assertThat(it.message()).contains("delete the message", "policy");
            assertThat(it.remedy()).contains("x-dead-letter-exchange");
        });
        assertThat(Loading.warnings(broker + "\n" + PERSISTENT))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("subscriptions.persistent.onFailure.then"));
    }

    private static String conditional(String queue) {
        return routes("{name: r, from: {queue: " + queue + ", where: [{header: x, equals: 1}], otherwise: reject},"
                + " to: {address: x}}");
    }

    @Test
    void isWorthAWarningForWhatDoesNotMeetTheConditionsToo() {
        assertThat(Loading.warnings(RABBITMQ + conditional("q")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].from.otherwise");
                    assertThat(it.message()).contains("delete the message", "policy");
                    assertThat(it.remedy()).contains("x-dead-letter-exchange", "accept");
                });
        assertThat(Loading.warnings(RABBITMQ + conditional("{name: q, arguments: {x-dead-letter-exchange: dlx}}")))
                .isEmpty();
    }

    @Test
    void isFineWithADeadLetterExchange() {
        assertThat(Loading.warnings(RABBITMQ + route("{name: q, arguments: {x-dead-letter-exchange: dlx}}")))
                .isEmpty();
    }
}
