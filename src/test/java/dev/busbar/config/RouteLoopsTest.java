package dev.busbar.config;

import static dev.busbar.config.Loading.problems;
import static dev.busbar.config.Loading.routes;
import static dev.busbar.config.Loading.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLoopsTest {

    private static String pair(String filter, String key, String exchange) {
        return routes(
                "{name: in, from: {filter: '" + filter + "', exchange: " + exchange + "}, to: {address: x}}",
                "{name: out, from: {address: x}, to: {key: '" + key + "', exchange: " + exchange + "}}");
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, busbar",
        "a.*, a.{id}, busbar",
        "#, a.{id}.{x}, busbar",
        "a.#, a, busbar",
        "z, y, amq.fanout",
        "a.b, a.b, amq.direct",
        "#, a.{id}, amq.headers",
    })
    void whatComesBackForSureIsAProblem(String filter, String key, String exchange) {
        assertThat(problems(pair(filter, key, exchange)))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("round in circles (out → in → out)"));
    }

    @ParameterizedTest
    @CsvSource({"a.17, a.{id}, busbar", "*.b.#, {kind}.{id}, busbar", "a.x17, a.x{id}, busbar"})
    void whatMayComeBackIsWorthAWarning(String filter, String key, String exchange) {
        assertThat(warnings(pair(filter, key, exchange)))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("may be fed, depending on the values in the key"));
    }

    @Test
    void whatConditionsMayEndIsWorthAWarning() {
        assertThat(warnings(routes(
                        "{name: in, from: {filter: a.b, where: [{header: x-hop, exists: false}], otherwise: accept},"
                                + " to: {address: x}}",
                        "{name: out, from: {address: x}, to: {key: a.b, headers: {x-hop: 1}}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("may be fed", "on conditions"));
    }

    @Test
    void whatARouteBeforeMayTakeIsWorthAWarning() {
        assertThat(warnings("broker: {uri: amqp://h}\n"
                        + routes(
                                "{name: first, from: {filter: a.b, queue: q, where: [{header: x, exists: true}],"
                                        + " otherwise: next}, to: {address: y}}",
                                "{name: in, from: {queue: q}, to: {address: x}}",
                                "{name: out, from: {address: x}, to: {key: a.b}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("may be fed", "(out → in → out)"));
    }

    @ParameterizedTest
    @CsvSource({"a.b, a.c, busbar", "a.*, a.{id}.b, busbar", "a.b, c.{id}, busbar"})
    void whatDoesNotComeBackIsFine(String filter, String key, String exchange) {
        assertThat(warnings(pair(filter, key, exchange))).isEmpty();
    }

    @Test
    void whatHeadersDecideIsFine() {
        assertThat(warnings(routes(
                        "{name: in, from: {filter: '#', exchange: amq.headers, arguments: {kind: a}}, to: {address: x}}",
                        "{name: out, from: {address: x}, to: {key: a, exchange: amq.headers}}")))
                .isEmpty();
    }

    @Test
    void carryingFromOneExchangeToAnotherIsFine() {
        assertThat(warnings(routes(
                        "{name: in, from: {filter: '#'}, to: {address: x}}",
                        "{name: out, from: {address: x}, to: {key: a, exchange: other}}")))
                .isEmpty();
    }

    @Test
    void aLoopOverSeveralRoutesIsReportedOnce() {
        assertThat(problems(routes(
                        "{name: a-out, from: {address: a}, to: {key: b}}",
                        "{name: b-in, from: {filter: b}, to: {address: b}}",
                        "{name: b-out, from: {address: b}, to: {key: a}}",
                        "{name: a-in, from: {filter: a}, to: {address: a}}")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].from.address");
                    assertThat(it.message()).contains("(a-out → b-in → b-out → a-in → a-out)");
                });
    }

    @Test
    void aQueueNamedAsKeyOfTheDefaultExchangeLeadsBackToo() {
        assertThat(problems("broker: {embedded: {store: data}}\n"
                        + routes(
                                "{name: in, from: {queue: q}, to: {address: x}}",
                                "{name: out, from: {address: x}, to: {key: q, exchange: ''}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("round in circles"));
    }
}
