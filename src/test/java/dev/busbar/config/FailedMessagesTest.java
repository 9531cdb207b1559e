package dev.busbar.config;

import static dev.busbar.config.Loading.inbound;
import static dev.busbar.config.Loading.problems;
import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where messages that have failed may be moved to, and where not. */
class FailedMessagesTest {

    private static String route(String onFailure) {
        return "{name: r, from: {filter: 'a.*', queue: q}, to: {address: x}, onFailure: " + onFailure + "}";
    }

    @Test
    void theNamesFollowFromTheRouteUnlessTheyAreConfigured() {
        InboundRoute plain = inbound(route("{}"));
        assertThat(plain.onFailure().deadLetter().exchangeOf(plain.exchange())).isEqualTo("busbar.dead-letter");
        assertThat(plain.onFailure().deadLetter().queueOf(plain.exchange())).isEqualTo("busbar.dead-letter");
        assertThat(plain.onFailure().deadLetter().fixedKey()).isNull();
        assertThat(plain.parkingQueue()).isEqualTo("q.parked");

        InboundRoute named = inbound(route("{deadLetter: {exchange: e, key: k.l, queue: d}}"));
        assertThat(named.onFailure().deadLetter()).isEqualTo(new DeadLetterConfig("e", "k.l", "d", true));
        assertThat(inbound(route("{deadLetter: e}")).onFailure().deadLetter().queueOf(named.exchange()))
                .isEqualTo("e");
        assertThat(inbound(route("{deadLetter: {exchange: e, declare: false}}"))
                        .onFailure()
                        .deadLetter()
                        .queueOf(named.exchange()))
                .isNull();
        assertThat(inbound(route("{then: park, park: p}")).parkingQueue()).isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{then: park, deadLetter: e}            | deadLetter          | then is park             | to dead-letter",
                "{then: reject, deadLetter: e}          | deadLetter          | then is reject           | to dead-letter",
                "{park: p}                              | park                | then is dead-letter      | to park",
                "{deadLetter: ''}                       | deadLetter.queue    | by its name              | Name the queue",
                "{deadLetter: {exchange: '', queue: d, key: k}} | deadLetter.key | the key             | Remove it",
                "{deadLetter: amq.topic}                | deadLetter.exchange | the broker's own         | declare to false",
                "{deadLetter: {key: 'a.#'}}             | deadLetter.key      | not a routing key        | without * and #",
                "{deadLetter: busbar}                   | deadLetter          | the exchange of the route | a key that no filter",
                "{deadLetter: {exchange: busbar, key: a.b}} | deadLetter      | the exchange of the route | a key that no filter",
                "{deadLetter: {exchange: '', queue: q}} | deadLetter.queue    | the queue of the route   | another queue",
                "{then: park, park: q}                  | park.queue          | the queue of the route   | another queue",
            })
    void whatCannotBeIsToldAtOnce(String onFailure, String path, String message, String remedy) {
        assertThat(problems("broker: {uri: amqp://h}\n" + routes(route(onFailure))))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure." + path);
                    assertThat(it.message()).contains(message);
                    assertThat(it.remedy()).contains(remedy);
                });
    }

    @Test
    void theRoutesOwnExchangeIsFineWithAKeyThatDoesNotComeBack() {
        assertThat(inbound(route("{deadLetter: {exchange: busbar, key: failed, queue: f}}"))
                        .onFailure()
                        .deadLetter()
                        .fixedKey())
                .isEqualTo("failed");
    }

    @Test
    void aQueueKeepsTheMessagesOfRoutesThatAreOfOneKind() {
        String second = "{name: s, from: {filter: 'b.*', queue: Q}, to: {address: x}, onFailure: FAIL}";
        assertThat(problems(routes(
                        route("{then: park, park: p}"),
                        second.replace("Q", "q2").replace("FAIL", "{then: park, park: p}"))))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[1].onFailure.park.queue");
                    assertThat(it.message()).contains("routes[0].onFailure");
                });
        assertThat(problems(routes(
                        route("{then: park, park: busbar.dead-letter}"),
                        second.replace("Q", "q2").replace("FAIL", "{}"))))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("routes[1].onFailure.deadLetter.queue"));
        assertThat(Loading.warnings("broker: {uri: amqp://h}\n"
                        + routes(
                                route("{then: park, park: p}"),
                                second.replace("Q", "q").replace("FAIL", "{then: park, park: p}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: theirs, declare: false}                | e                                | declare",
                "e                                             | {name: theirs, declare: passive} | declare",
                "e                                             | {name: theirs, type: fanout}     | type",
                "{name: theirs, type: direct, durable: false}  | e                                | type",
            })
    void anExchangeThatIsDescribedOtherwiseIsNotDeclaredForDeadLetters(String shared, String another, String what) {
        String others = "broker: {uri: amqp://h}\nexchange: " + shared + "\n";
        String filled = "{name: s, to: {key: k, exchange: " + another + "}, from: {address: y}}";
        assertThat(problems(others + routes(routeOf("mine", "{deadLetter: theirs}"), filled)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].onFailure.deadLetter.exchange");
                    assertThat(it.value()).isEqualTo("theirs");
                    assertThat(it.message()).contains("another " + what + " than at");
                    assertThat(it.remedy()).contains("declare to false");
                });
        for (String fine : List.of("{deadLetter: {exchange: theirs, declare: false}}", "{then: park}", "{}")) {
            assertThat(Loading.warnings(others + routes(routeOf("mine", fine), filled)))
                    .isEmpty();
        }
    }

    private static String routeOf(String exchange, String onFailure) {
        return route(onFailure).replace("from: {", "from: {exchange: " + exchange + ", ");
    }

    @Test
    void theExchangeOfAnotherRouteThatIsAlikeIsFineForDeadLetters() {
        assertThat(Loading.warnings("broker: {uri: amqp://h}\n"
                        + routes(
                                routeOf("mine", "{deadLetter: failed}"),
                                "{name: s, from: {exchange: failed, filter: '#', queue: q2}, to: {address: z},"
                                        + " onFailure: {then: drop}}")))
                .isEmpty();
    }

    @Test
    void nodesWithQueuesOfTheirOwnParkInQueuesOfTheirOwn() {
        assertThat(problems(routes("{name: r, from: {filter: a, queue: 'q-{node}'}, to: {address: x}, scope: per-node,"
                        + " onFailure: {then: park, park: p}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("one queue for all nodes"));
    }
}
