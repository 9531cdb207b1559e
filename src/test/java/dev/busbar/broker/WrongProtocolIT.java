package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.ArtemisHere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connects to a broker by a protocol it does not speak: the message says by which scheme it is reached. */
@ExtendWith(RabbitExtension.class)
class WrongProtocolIT extends BrokerContract {

    WrongProtocolIT() {
        super(ArtemisHere.shared());
    }

    private BrokerException refusal(String scheme, int port) {
        var client = client(config(BrokerUri.parse(scheme + "://guest:guest@127.0.0.1:" + port)));
        return failure(client.later(client.connection::connect));
    }

    @Slow
    @Test
    void aBrokerOf091Alone() {
        try (var node = RabbitNode.start(RabbitRelease.V3, RabbitSettings.PLAIN.withoutAmqp10())) {
            var failure = refusal("amqp10", node.port());

            assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + node.port() + " does not speak AMQP 1.0")
                    .hasMessageContaining("AMQP 0-9-1")
                    .hasMessageContaining("use amqp://")
                    .hasMessageContaining("rabbitmq-plugins enable rabbitmq_amqp1_0");
        }
    }

    @Test
    void aBrokerOf10Alone() {
        var port = broker.uri().port();

        var failure = refusal("amqp", port);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("AMQP 0-9-1")
                .hasMessageContaining("amqp10://");
    }
}
