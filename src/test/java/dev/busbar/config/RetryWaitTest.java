package dev.busbar.config;

import static dev.busbar.config.Loading.routes;
import static dev.busbar.config.Loading.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message waits between its attempts, and where it cannot. */
class RetryWaitTest {

    private static final String RABBITMQ = "broker: {uri: amqp://h}\n";

    private static String route(String queue, String more) {
        return routes("{name: r, from: {filter: a, queue: " + queue + "}, to: {address: x" + more
                + "}, onFailure: {wait: broker}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker: {uri: embedded}",
                "broker: {uri: amqp10://h, dialect: artemis}",
                "broker: {uri: amqp10://h, dialect: qpid}"
            })
    void needsARabbitMq(String broker) {
        assertThat(Loading.problems(broker + "\n" + route("q", "")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure.wait");
                    assertThat(it.message()).contains("needs RabbitMQ");
                    assertThat(it.remedy()).contains("memory");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name: q, type: stream}", "{life: transient}"})
    void needsAQueueToComeBackTo(String queue) {
        assertThat(Loading.problems(RABBITMQ + route(queue, ", delivery: request")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure.wait");
                    assertThat(it.message()).contains("come back");
                });
    }

    @Test
    void meansNothingWhereNobodyWaitsForHandlers() {
        assertThat(warnings(RABBITMQ + route("{life: transient}", ", delivery: publish")))
                .isEmpty();
    }

    @Test
    void needsRoomInTheNameOfTheQueue() {
        assertThat(Loading.problems(RABBITMQ + route("q".repeat(250), "")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].from.queue.name");
                    assertThat(it.remedy()).contains("shorter");
                });
    }

    @Test
    void isNotForConsumersInOrder() {
        assertThat(Loading.problems(RABBITMQ + "subscriptions: {persistent: {onFailure: {wait: broker}}}"))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("subscriptions.persistent.onFailure.wait"));
    }

    @Test
    void takesThePausesFromTheTimeAMessageIsInHand() {
        String slow = RABBITMQ
                + routes("{name: r, from: {queue: q}, to: {address: x}, timeout: 29m, onFailure: {attempts: 9, wait: W,"
                        + " backoff: {initial: 1h, max: 2h}}}");

        assertThat(warnings(slow.replace("W", "broker"))).isEmpty();
        assertThat(warnings(slow.replace("W", "memory")))
                .singleElement()
                .satisfies(it -> assertThat(it.remedy()).contains("onFailure.wait to broker"));
    }

    @Test
    void hasEachPauseOnce() {
        FailurePolicy policy = new FailurePolicy(
                9, new Backoff(Duration.ofMillis(100), Duration.ofMillis(700)), RetryWait.BROKER, FailureAction.DROP);

        assertThat(policy.pauses())
                .isEqualTo(Stream.of(100, 200, 400, 700).map(Duration::ofMillis).toList());
        assertThat(policy.pause(8)).hasMillis(700);
    }

    @Test
    void aLimitOfDeliveriesThatNobodyHearsOfIsWorthAWarning() {
        String limited = RABBITMQ
                + routes("{name: r, from: {queue: {name: q, type: quorum, arguments: {x-delivery-limit: L}}}, to:"
                        + " {address: x}}");

        assertThat(warnings(limited.replace("L", "3"))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].from.queue.arguments.x-delivery-limit");
            assertThat(it.remedy()).contains("x-dead-letter-exchange");
        });
        assertThat(warnings(limited.replace("L", "-1"))).isEmpty();
        assertThat(warnings(limited.replace("L", "3, x-dead-letter-exchange: d")))
                .isEmpty();
    }

    @Test
    void aLimitOfDeliveriesBelowTheAttemptsThatTheBrokerCountsIsWorthAWarning() {
        String limited = RABBITMQ
                + routes("{name: r, from: {queue: {name: q, type: quorum, arguments: {x-delivery-limit: L,"
                        + " x-delayed-retry-type: failed, x-dead-letter-exchange: d}}}, to: {address: x},"
                        + " onFailure: {wait: broker, attempts: 5}}");

        assertThat(warnings(limited.replace("L", "3"))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].from.queue.arguments.x-delivery-limit");
            assertThat(it.remedy()).contains("at least 4");
        });
        assertThat(warnings(limited.replace("L", "4"))).isEmpty();
    }

    @Test
    void aTimeOutOfTheQueuesOwnCountsInsteadOfTheBrokers() {
        String impatient = RABBITMQ
                + routes("{name: r, from: {queue: {name: q, type: quorum, arguments: {x-consumer-timeout: T}}}, to:"
                        + " {address: x}, timeout: 20m, onFailure: {attempts: 1}}");

        assertThat(warnings(impatient.replace("T", "60000"))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].timeout");
            assertThat(it.message()).contains("1m", "x-consumer-timeout");
        });
        assertThat(warnings(impatient.replace("T", "1500000"))).isEmpty();
        assertThat(warnings(impatient.replace("T", "3600000").replace("20m", "40m")))
                .isEmpty();
    }
}
