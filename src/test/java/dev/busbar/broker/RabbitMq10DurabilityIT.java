package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq10;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests which messages RabbitMQ 4 takes for durable that AMQP 1.0 clients send without saying so. */
@ExtendWith(RabbitExtension.class)
class RabbitMq10DurabilityIT extends BrokerContract {

    private static RabbitNode node;

    RabbitMq10DurabilityIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(RabbitNode shared) {
        assumeTrue(shared.release() != RabbitRelease.V3, "RabbitMQ 3 has a plugin for AMQP 1.0, with rules of its own");
        node = shared;
    }

    private void send(AdvancedMessage<byte[]> message) throws Exception {
        var options = new ConnectionOptions().user("guest").password("guest");
        try (var foreign = org.apache.qpid.protonj2.client.Client.create();
                var connection = foreign.connect("127.0.0.1", node.port(), options);
                var sender = connection.openSender("/queues/" + queueName)) {
            sender.send(message).awaitAccepted(20, TimeUnit.SECONDS);
        }
    }

    private static AdvancedMessage<byte[]> message() throws Exception {
        AdvancedMessage<byte[]> message = AdvancedMessage.create();
        return message.addBodySection(new Data("x".getBytes(StandardCharsets.UTF_8)));
    }

    /** Tests the default: AMQP 1.0 says that durable is false unless said; RabbitMQ 4.0 has it otherwise. */
    @Test
    void aMessageWithoutAHeaderSectionIsTransientFrom43On() throws Exception {
        admin.declareQueue(queueName);
        var inbox = Inbox.accepting();
        connected().subscribe(exchange, persistent(), 10, inbox);

        send(message());
        assertThat(inbox.take().message().properties().persistent()).isEqualTo(node.release() != RabbitRelease.V4);

        send(message().header(new Header().setDurable(true)));
        assertThat(inbox.take().message().properties().persistent()).isTrue();
    }
}
