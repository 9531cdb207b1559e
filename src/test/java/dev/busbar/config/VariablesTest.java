package dev.busbar.config;

import static dev.busbar.config.Loading.load;
import static dev.busbar.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        "has a ${ that is never closed",
                        "has ${a b}, which is not the name of an environment variable");
    }

    @Test
    void aBadValueFromAVariableIsShown() {
        assertThat(problems("web: {port: '${SET}'}", ENVIRONMENT).get(0).value())
                .isEqualTo("value");
    }

    /** What Kubernetes sets for a service named busbar, or busbar-web, before anybody else sets anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "web: {port: \"${X_PORT}\"}",
                "management: {port: \"${X_PORT}\"}",
                "broker: {uri: \"${X_PORT}\"}",
                "broker: {embedded: {port: \"${X_PORT}\"}}",
                "cluster: {port: \"${X_PORT}\"}",
                "cluster: {members: [\"${X_PORT}\"]}",
                "cluster: {eventBus: {port: \"${X_PORT}\"}}"
            })
    void theAddressOfAServiceInThePlaceOfAPortIsExplained(String yaml) {
        for (var address : List.of("tcp://10.96.12.7:8080", "udp://[fd00::7]:53")) {
            var problems = Loading.problems(yaml, Map.of("X_PORT", address));

            assertThat(problems)
                    .singleElement()
                    .satisfies(
                            it -> assertThat(it.message() + it.remedy()).contains("Kubernetes", "enableServiceLinks"));
        }
    }
}
