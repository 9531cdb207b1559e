package dev.busbar.config;

import static dev.busbar.config.Loading.load;
import static dev.busbar.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("SET", "value", "EMPTY", "", "PORT", "8088");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${SET}                  | value",
                "a-${SET}-${PORT}        | a-value-8088",
                "${UNSET:-other}         | other",
                "${EMPTY:-other}         | other",
                "${SET:-other}           | value",
                "${UNSET:-${SET}}        | value",
                "${UNSET:-a.{id}.b}      | a.{id}.b",
                "$${SET}                 | ${SET}",
                "$$${SET}                | $${SET}",
                "$SET {SET} 5$           | $SET {SET} 5$",
                "a${EMPTY}b              | ab",
            })
    void variablesAreReplacedInTexts(String text, String expected) {
        String name = load("exchange: {name: '" + text + "'}", ENVIRONMENT)
                .orThrow()
                .exchange()
                .name();

        assertThat(name).isEqualTo(expected);
    }

    @Test
    void variablesMayGiveNumbersDurationsSizesAndBooleans() {
        BusbarConfig config = load("""
                        web: {port: "${PORT}"}
                        broker: {heartbeat: "${BEAT:-7}s", maxMessageSize: "${SIZE:-1000}"}
                        management: {enabled: "${MANAGED:-false}"}
                        """, ENVIRONMENT).orThrow();

        assertThat(config.web().port()).isEqualTo(8088);
        assertThat(config.broker().heartbeat()).hasSeconds(7);
        assertThat(config.broker().maxMessageBytes()).isEqualTo(1000);
        assertThat(config.management().enabled()).isFalse();
    }

    @Test
    void variablesReachIntoArguments() {
        BusbarConfig config = load("exchange: {arguments: {x-list: [{a: '${SET}'}]}}", ENVIRONMENT)
                .orThrow();

        assertThat(config.exchange().arguments()).hasToString("{x-list=[{a=value}]}");
    }

    @Test
    void aValueWithoutQuotesMayBeAVariable() {
        assertThat(load("web:\n  port: ${PORT}\n", ENVIRONMENT).orThrow().web().port())
                .isEqualTo(8088);
    }

    @Test
    void everyMissingVariableIsNamedOnceAtItsPlace() {
        assertThat(problems("web: {port: '${A}', host: '${B}${C}'}\nexchange: {arguments: {k: ['${D}']}}", ENVIRONMENT))
                .extracting(it -> it.path() + ": " + it.message())
                .containsExactly(
                        "web.port: needs the environment variable A, which is not set",
                        "web.host: needs the environment variable B, which is not set",
                        "web.host: needs the environment variable C, which is not set",
                        "exchange.arguments.k[0]: needs the environment variable D, which is not set");
    }

    @Test
    void theRemedyForAMissingVariableIsToSetItOrToGiveADefault() {
        assertThat(problems("web: {port: '${MISSING}'}").get(0).remedy()).contains("Set MISSING", "${MISSING:-…}");
    }

    @Test
    void brokenVariablesAreProblems() {
        assertThat(problems("web: {host: '${SET'}\nmanagement: {host: '${a b}'}", ENVIRONMENT))
                .extracting(Problem::message)
                .containsExactly(
                        "has a ${ that is never closed", "has ${a b}, which is no name of an environment variable");
    }

    @Test
    void aBadValueFromAVariableIsShown() {
        assertThat(problems("web: {port: '${SET}'}", ENVIRONMENT).get(0).value())
                .isEqualTo("value");
    }
}
