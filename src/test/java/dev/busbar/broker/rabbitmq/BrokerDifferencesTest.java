package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.AMQP;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerDifferencesTest {

    private static final BrokerDifferences BROKER_J = BrokerDifferences.of(Map.of("qpid.build", "1"));

    @ParameterizedTest
    @CsvSource({
        "direct:////?routingkey='replies', replies",
        "direct:////replies, replies",
        "amq.gen-1, amq.gen-1",
        "topic://x//?routingkey='k', topic://x//?routingkey='k'",
    })
    void readsTheReplyQueueOutOfBrokerJsUrl(String replyTo, String queue) {
        var received = new AMQP.BasicProperties.Builder().replyTo(replyTo).build();

        assertThat(BROKER_J.incoming(received).getReplyTo()).isEqualTo(queue);
        assertThat(BrokerDifferences.COMMON.incoming(received)).isSameAs(received);
    }

    @Test
    void refusesBeforehandWhatRabbitMqClosesTheChannelOver() {
        var rabbitMq = BrokerDifferences.of(Map.of("product", "RabbitMQ", "version", "4.3.6"));
        var copies = new AMQP.BasicProperties.Builder().headers(Map.of("CC", "x"));
        var direct = new AMQP.BasicProperties.Builder().replyTo("amq.rabbitmq.reply-to");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rabbitMq.outgoing(copies.build()))
                .withMessageContaining("'CC'")
                .withMessageContaining("list");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rabbitMq.outgoing(direct.build()))
                .withMessageContaining("amq.rabbitmq.reply-to");
        for (var taken : List.of(
                copies.headers(Map.of("BCC", List.of("x"), "cc", "x")).build(),
                direct.replyTo("amq.rabbitmq.reply-to.abc").build())) {
            assertThat(rabbitMq.outgoing(taken)).isSameAs(taken);
        }
        assertThat(BROKER_J.outgoing(copies.headers(Map.of("CC", "x")).build())).isNotNull();
    }
}
