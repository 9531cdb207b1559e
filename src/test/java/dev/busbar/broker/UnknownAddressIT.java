package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Uses addresses of AMQP 1.0 that lead nowhere: reserved names, and reply addresses of queues that are gone. */
class UnknownAddressIT {

    @Nested
    class AtBrokerJ extends Cases {
        AtBrokerJ() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class AtArtemis extends Cases {
        AtArtemis() {
            super(ArtemisHere.shared());
        }
    }

    abstract static class Cases extends BrokerContract {

        Cases(BrokerUnderTest broker) {
            super(broker);
        }

        @Test
        void aReservedExchangeThatIsNotThereIsNamed() {
            var nonsense = new ExchangeConfig("amq.nonsense", "topic", true, Map.of());
            var client = connected();

            var failure = failure(client.later(
                    () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(nonsense))))));

            assertThat(failure).hasMessageContaining("amq.nonsense");
            assertThat(failure(client.later(() ->
                            client.connection.subscribe(Client.spec(nonsense, fleeting(), 1, "#"), Inbox.keeping()))))
                    .hasMessageContaining("amq.nonsense");
            assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Connected.class);
            client.publisher(exchange);
        }

        @Test
        void anAnswerToAQueueThatIsGoneIsUnroutableAndDisturbsNothing() {
            var client = connected();
            var publisher = client.publisher(new ExchangeConfig("", "direct", true, Map.of()));
            admin.declareQueue(queueName);

            assertThat(client.publish(publisher, answer(queueName + "-gone"), true))
                    .isInstanceOfSatisfying(
                            PublishOutcome.Unroutable.class,
                            unroutable -> assertThat(unroutable.reason()).contains(queueName + "-gone"));
            assertThat(client.publish(publisher, answer(queueName), true)).isInstanceOf(PublishOutcome.Confirmed.class);
            assertThat(admin.get(queueName).text()).isEqualTo("answer");
            assertThat(admin.queueExists(queueName + "-gone")).isFalse();
        }

        private BridgeMessage answer(String queue) {
            return new BridgeMessage("", queue, message("", "").properties(), Buffer.buffer("answer"));
        }
    }
}
