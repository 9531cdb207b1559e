package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.Amqp091Admin;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Shows that an address for replies sent over AMQP 1.0 is the name of a queue to readers of AMQP 0-9-1, whoever
 * translates.
 */
class RabbitMq10ReplyAddressIT {

    @Nested
    @OnRabbit(RabbitRelease.V4_0)
    class Untranslated extends Requests {}

    @Nested
    @OnRabbit(RabbitRelease.V4)
    class Translated extends Requests {}

    @ExtendWith(RabbitExtension.class)
    abstract static class Requests extends BrokerContract {

        private static RabbitNode node;

        Requests() {
            super(RabbitMq10.at(node));
        }

        @BeforeAll
        static void take(RabbitNode shared) {
            node = shared;
        }

        @Test
        void aServiceOf091AndOneOfThisBridgeReadTheName() {
            var client = connected();
            var inbox = Inbox.accepting();
            client.subscribe(exchange, fleeting(), 10, inbox, "#");
            var properties = message("k", "").properties().toBuilder()
                    .replyTo("answers/to me")
                    .correlationId("c")
                    .build();
            try (var foreign = new Amqp091Admin(node.amqpUri())) {
                foreign.declareQueue(queueName);
                foreign.bind(queueName, exchangeName, "#");

                client.publish(
                        client.publisher(exchange),
                        new BridgeMessage(exchangeName, "k", properties, Buffer.buffer("question")));

                assertThat(foreign.get(queueName).properties().replyTo()).isEqualTo("answers/to me");
            }
            assertThat(inbox.take().message().properties().replyTo()).isEqualTo("answers/to me");
        }
    }
}
