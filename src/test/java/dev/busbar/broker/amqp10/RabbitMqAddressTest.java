package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.topic.TopicFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitMqAddressTest {

    @Test
    void rabbitMq3TakesNamesAsTheyAreButForTheSlash() {
        assertThat(RabbitMq3Address.exchange("a/b c%")).isEqualTo("/exchange/a%2Fb c%");
        assertThat(RabbitMq3Address.exchange("")).isEqualTo("/queue");
        assertThat(RabbitMq3Address.binding("a/b", TopicFilter.parse("#.x/y"))).isEqualTo("/exchange/a%2Fb/#.x%2Fy");
        assertThat(RabbitMq3Address.queue("a/b")).isEqualTo("/amq/queue/a%2Fb");
        assertThat(RabbitMq3Address.declaredQueue("q")).isEqualTo("/queue/q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ä", "a%2Fb", "\u007f"})
    void rabbitMq3HasNoAddressForEveryName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RabbitMq3Address.queue(name))
                .withMessageContaining("'" + name + "'");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "/exchange/a%2Fb/k/l, a/b",
                "/queue/q/r, ''",
                "/exchange/a, otherwise",
                "elsewhere, otherwise",
                "null, otherwise",
            })
    void theExchangeIsReadFromTheAddressAMessageWasSentTo(String to, String exchange) {
        assertThat(RabbitMq3Address.exchangeOf(to, "otherwise")).isEqualTo(exchange);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(RabbitMq3Address.exchangeOf(RabbitMq3Address.to("a/b", "k/l"), null))
                .isEqualTo("a/b");
        assertThat(RabbitMq3Address.queueOf(RabbitMq3Address.declaredQueue("a/b")))
                .isEqualTo("a/b");
        assertThat(RabbitMq3Address.queueOf("/amq/queue/q")).isEqualTo("q");
        assertThat(RabbitMq3Address.queueOf("a name")).isEqualTo("a name");
    }

    @Test
    void rabbitMq4TakesNamesPercentEncoded() {
        assertThat(RabbitMq4Address.to("a/b", "ä *+~-._%")).isEqualTo("/exchanges/a%2Fb/%C3%A4%20%2A%2B~-._%25");
        assertThat(RabbitMq4Address.to("ex", "")).isEqualTo("/exchanges/ex/");
        assertThat(RabbitMq4Address.to("", "a/b")).isEqualTo("/queues/a%2Fb");
    }

    @ParameterizedTest
    @CsvSource({"/queues/a%2Fb%20c, a/b c", "/queues/a+b, a+b", "/queues/%zz, %zz", "name, name"})
    void rabbitMq4NamesQueuesInReplyTo(String address, String name) {
        assertThat(RabbitMq4Address.queueOf(address)).isEqualTo(name);
    }
}
