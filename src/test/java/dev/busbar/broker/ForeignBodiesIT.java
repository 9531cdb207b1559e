package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.types.messaging.AmqpSequence;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Section;
import org.junit.jupiter.api.Test;

/** Receives bodies that Busbar reads and does not write, over AMQP 1.0 from a foreign client through Broker-J. */
class ForeignBodiesIT extends BrokerContract {

    ForeignBodiesIT() {
        super(EmbeddedBrokerJ.shared10());
    }

    private Delivery received(Section<?>... sections) throws Exception {
        var inbox = Inbox.accepting();
        connected().subscribe(exchange, fleeting(), 10, inbox, "#");
        var uri = broker.uri();
        var options = new ConnectionOptions()
                .user(uri.user())
                .password(uri.password().reveal())
                .virtualHost(uri.virtualHost());
        try (var client = org.apache.qpid.protonj2.client.Client.create();
                var connection = client.connect(uri.host(), uri.port(), options);
                var sender = connection.openAnonymousSender()) {
            AdvancedMessage<Object> message = Message.create().toAdvancedMessage();
            message.to(exchangeName + "/k");
            for (var section : sections) {
                message.addBodySection(section);
            }
            sender.send(message).awaitAccepted();
        }
        return inbox.take();
    }

    private static Data data(String text) {
        return new Data(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void severalDataSectionsAreOneBody() throws Exception {
        var delivery = received(data("one, "), data("two, "), data("x".repeat(100_000)));

        assertThat(delivery.incomplete()).isNull();
        assertThat(delivery.message().body()).hasToString("one, two, " + "x".repeat(100_000));
    }

    @Test
    void aValueIsJson() throws Exception {
        var delivery = received(new AmqpValue<>(Map.of("id", 17L)));

        assertThat(delivery.message().body()).hasToString("{\"id\":17}");
        assertThat(delivery.message().properties().contentType()).isEqualTo("application/json");
    }

    @Test
    void sequencesAreOneArray() throws Exception {
        var delivery = received(new AmqpSequence<>(List.of(1, 2)), new AmqpSequence<>(List.of("three")));

        assertThat(delivery.message().body()).hasToString("[1,2,\"three\"]");
    }
}
