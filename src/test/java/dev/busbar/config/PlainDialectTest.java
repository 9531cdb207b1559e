package dev.busbar.config;

import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may ask of a broker of which only addresses are known. */
class PlainDialectTest {

    private static final String PLAIN = "broker: {uri: amqp10://h, dialect: plain}\n";

    private static String inbound(String from, String onFailure) {
        return PLAIN + routes("{name: r, from: " + from + ", to: {address: x}, onFailure: " + onFailure + "}");
    }

    private static String outbound(String to) {
        return PLAIN + routes("{name: r, from: {address: x}, to: " + to + "}");
    }

    @Test
    void nothingTellsWhetherAQueueIsForASingleton() {
        assertThat(
                        Loading.problems(
                                "cluster: {enabled: true}\n" + PLAIN
                                        + routes(
                                                "{name: r, scope: singleton, from: {queue: q}, to: {address: x}, onFailure: {then: drop}}")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].scope");
                    assertThat(it.remedy()).isEqualTo("Set it to competing");
                });
    }

    @Test
    void theBrokerIsNamedAsItIsConfigured() {
        assertThat(
                        Loading.problems(
                                "brokers: {plant: {uri: 'amqp10://h', dialect: plain}}\n"
                                        + routes(
                                                "{name: r, from: {broker: plant, filter: a}, to: {address: x}, onFailure: {then: drop}}")))
                .allSatisfy(it -> assertThat(it.message()).contains("brokers.plant.dialect: plain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q",
                "\"topic://prices\"",
                "{name: q, declare: false}",
                "{name: q, declare: passive}",
                "{name: q, declare: false, arguments: {x-single-active-consumer: true}}"
            })
    void aQueueThatExistsIsConsumed(String queue) {
        assertThat(Loading.config(inbound("{queue: " + queue + "}", "{then: drop}"))
                        .routes())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {filter: a.b}                                     | from.filter
            {filter: a.b, queue: q}                           | from.filter
            {queue: {name: q, declare: true}}                 | from.queue
            {queue: {name: q, life: until-stop}}              | from.queue
            {queue: {name: q, type: quorum}}                  | from.queue.type
            {queue: {name: q, arguments: {x-a: 1}}}           | from.queue.arguments
            {queue: q, consumer: {priority: 5}}               | from.consumer
            """)
    void whatWouldHaveToBeDeclaredBoundOrComparedIsRefused(String from, String path) {
        assertThat(Loading.problems(inbound(from, "{then: drop}")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0]." + path);
                    assertThat(it.message()).contains("broker.dialect: plain");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{then: reject}",
                "{deadLetter: {exchange: '', queue: failed, declare: false}}",
                "{deadLetter: {exchange: 'queue://', key: failed, declare: false}}",
                "{then: park, park: {queue: parked, declare: false}}",
            })
    void aFailedMessageGoesToWhatExists(String onFailure) {
        assertThat(Loading.config(inbound("{queue: q}", onFailure)).routes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {attempts: 2}                                                     | deadLetter
            {deadLetter: {exchange: '', queue: failed}}                       | deadLetter
            {deadLetter: {queue: failed, declare: false}}                     | deadLetter
            {deadLetter: {exchange: 'queue://', declare: false}}              | deadLetter
            {deadLetter: {exchange: failed, key: q, declare: false}}          | deadLetter.exchange
            {then: park}                                                      | park
            {then: drop, wait: broker}                                        | wait
            """)
    void aFailedMessageGoesNowhereElse(String onFailure, String path) {
        assertThat(Loading.problems(inbound("{queue: q}", onFailure)))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("routes[0].onFailure." + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{exchange: '', key: q}",
                "{exchange: 'topic://', key: 'a.{id}'}",
                "{exchange: 'orders/', key: '{id}'}",
                "{exchange: '{to}', exchanges: ['queue://', 'topic://'], key: '{id}'}",
                "{exchange: '', key: q, reply: message}",
            })
    void anExchangeIsWhatAddressesBeginWith(String to) {
        assertThat(Loading.config(outbound(to)).routes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {key: q}                                                 | to.exchange
            {exchange: orders, key: q}                               | to.exchange
            {exchange: '{to}', exchanges: ['a/', orders], key: q}    | to.exchanges[1]
            """)
    void anExchangeThatWouldRunIntoTheKeyIsRefused(String to, String path) {
        assertThat(Loading.problems(outbound(to))).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0]." + path);
            assertThat(it.remedy()).contains("topic://");
        });
    }

    @Test
    void nobodySubscribesAtRunTime() {
        assertThat(Loading.problems(PLAIN + "web: {anonymous: any, roles: {any: {listen: [a]}}}"))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("web.roles"));
        assertThat(Loading.problems(PLAIN + "subscriptions: {control: {enabled: true}}"))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("subscriptions.control.enabled"));
    }

    @Test
    void noWarningIsAboutRabbitMq() {
        assertThat(Loading.warnings(
                        inbound("{queue: q}", "{then: drop}").replace("onFailure", "timeout: 1h, onFailure")))
                .isEmpty();
    }

    @Test
    void itIsForAmqp10() {
        assertThat(Loading.problems("broker: {uri: amqp://h, dialect: plain}"))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("broker.dialect"));
    }
}
