package dev.busbar.config;

import static dev.busbar.config.Loading.config;
import static dev.busbar.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hunter2} is nowhere to be seen. */
class SecretsTest {

    private static final String CONFIG = """
            broker:
              uri: [amqp://me:hunter2@a:1/v, amqps://me:hunter2@b]
              embedded: {password: hunter2}
            """;

    @Test
    void textsOfTheConfigurationHideThem() {
        BusbarConfig config = config(CONFIG);

        assertThat(config.toString()).doesNotContain("hunter2").contains("amqp://me:***@a:1/v");
        assertThat(config.broker().toString()).doesNotContain("hunter2");
        assertThat(config.broker().uris().get(1)).hasToString("amqps://me:***@b:5671/%2F");
        assertThat(config.redacted().encode()).doesNotContain("hunter2").contains("\"password\":\"***\"");
    }

    @Test
    void deploymentGetsThem() {
        BusbarConfig config = config(CONFIG);

        assertThat(config.broker().embedded().password().reveal()).isEqualTo("hunter2");
        assertThat(config.broker().uris().get(0).password().reveal()).isEqualTo("hunter2");
        assertThat(config.toJson().encode()).contains("amqp://me:hunter2@a:1/v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker: {embedded: {password: [hunter2]}}",
                "broker: {embedded: {pasword: hunter2}}",
                "broker: {embedded: 'guest:hunter2'}",
                "broker: amqp://me:hunter2@host",
                "broker: {uri: 'http://me:hunter2@host'}",
                "broker: {uri: 'amqp://me:hunter2@host:70000'}",
                "broker: {uri: 'amqp://me:hunter2@host?a=b'}",
                "broker: {uri: 'amqp://me:#hunter2@host'}",
                "broker: {uri: 'amqp://me:hunter2^@host'}",
                "broker: {uri: 'amqp://me:hunter2%@host'}",
                "broker: {uri: 'amqp://me:/hunter2@host'}",
                "broker: {uri: 'amqp://me:a@hunter2@host'}",
                "broker: {uri: 'amqp://me:hunter2'}",
                "broker: {uri: 'amqp://host?password=hunter2'}",
                "broker: {uri: 'amqp:me:hunter2@host'}",
                "broker: {uri: 'me:hunter2@host'}",
                "broker: {uri: ['amqp://me:hunter2@a', 'amqp10://me:hunter2@a']}",
                "broker: {embedded: {password: '${PASSWORD}', host: 0.0.0.0}}",
                "broker: {uri: 'http://me:${PASSWORD}@host'}",
            })
    void problemsHideThem(String yaml) {
        assertThat(problems(yaml, Map.of("PASSWORD", "hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void aNumberForAPasswordIsAProblemThatDoesNotShowIt() {
        assertThat(problems("broker: {embedded: {password: 12345}}"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString())
                        .contains("must be a text, not a number", "in quotes")
                        .doesNotContain("12345"));
    }

    @Test
    void aRefusedUriHidesThemInTheException() {
        assertThatThrownBy(() -> BrokerUri.parse("amqp://me:hunter2 @host"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("amqp://me:***@host");
    }
}
