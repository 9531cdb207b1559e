package dev.busbar.route;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Empty properties as clients of both protocols write them. */
class EmptyPropertyIT {

    private static final String KEY = "builds.1.finished";

    /** By a client of AMQP 0-9-1, whichever protocol Busbar speaks. */
    abstract static class Written091 extends EmptyPropertyContract {

        Written091(BrokerUnderTest broker) {
            super(broker);
        }

        @Override
        void publishEmpty(int count) throws Exception {
            var empty = new AMQP.BasicProperties.Builder()
                    .messageId("")
                    .correlationId("")
                    .replyTo("")
                    .contentType("")
                    .contentEncoding("")
                    .type("")
                    .appId("")
                    .build();
            var factory = new ConnectionFactory();
            factory.setUri(broker.uri091());
            try (var connection = factory.newConnection("foreign");
                    var channel = connection.createChannel()) {
                for (var i = 0; i < count; i++) {
                    channel.basicPublish(exchange, KEY, empty, body(i));
                }
            }
        }
    }

    private static byte[] body(int i) {
        return ("{\"n\": " + i + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends Written091 {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends Written091 {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ extends Written091 {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends Written091 {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    @Nested
    class OnArtemis extends EmptyPropertyContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }

        @Override
        void publishEmpty(int count) throws Exception {
            var uri = broker.uri();
            var options = new ConnectionOptions()
                    .user(uri.user())
                    .password(uri.password().reveal());
            try (var client = Client.create();
                    var connection = client.connect(uri.host(), uri.port(), options);
                    var sender = connection.openAnonymousSender()) {
                for (var i = 0; i < count; i++) {
                    AdvancedMessage<Object> message = AdvancedMessage.create();
                    message.properties(new Properties()
                            .setMessageId("")
                            .setCorrelationId("")
                            .setReplyTo("")
                            .setContentType("")
                            .setContentEncoding("")
                            .setGroupId("")
                            .setTo(exchange)
                            .setSubject(KEY));
                    message.addBodySection(new Data(body(i)));
                    sender.send(message).awaitSettlement(60, TimeUnit.SECONDS);
                }
            }
        }
    }
}
