package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    private static final Dialect BROKER_J = Dialect.of(Map.of("qpid.build", "1"));

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
        assertThat(Dialect.COMMON.incoming(received)).isSameAs(received);
    }
}
