package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.SaslMechanism;
import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.Amqp091Admin;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logs in by SASL ANONYMOUS: where brokers accept it, and what the failure says where they do not. */
@ExtendWith(RabbitExtension.class)
class AnonymousLoginIT extends BrokerContract {

    private static EmbeddedArtemis open;

    AnonymousLoginIT() {
        super(new ArtemisHere(open));
    }

    @BeforeAll
    static void start() {
        open = EmbeddedArtemis.inMemory();
        open.takeAnonymousFor("guest");
    }

    @AfterAll
    static void stop() {
        open.close();
    }

    private Client nameless(int port) {
        var named = config(BrokerUri.parse("amqp10://nobody:none@127.0.0.1:" + port));
        return client(named.toBuilder().sasl(SaslMechanism.ANONYMOUS).build());
    }

    private BrokerException refusal(int port) {
        var client = nameless(port);
        return failure(client.later(client.connection::connect));
    }

    @Test
    void publishesAndConsumesAtArtemis() {
        var client = nameless(open.port()).connect();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        client.publish(client.publisher(exchange), message("k", "x"), true);

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void publishesAndConsumesAtRabbitMq(RabbitNode node) {
        try (var other = new Amqp091Admin(node.amqpUri())) {
            other.declareExchange(exchangeName, "topic");
            other.declareQueue(queueName);
            other.bind(queueName, exchangeName, "#");
            var client = nameless(node.port()).connect();
            var inbox = Inbox.accepting();
            client.subscribe(exchange, persistent(), 10, inbox, "#");

            client.publish(client.publisher(exchange), message("k", "x"));

            assertThat(inbox.takeText()).isEqualTo("x");
            other.deleteQueue(queueName);
            other.deleteExchange(exchangeName);
        }
    }

    /** Shows that Artemis accepts every login, and checks the user only afterwards. */
    @Test
    void aBrokerThatOffersItAndPermitsNobodyAnythingSaysSo() {
        var failure = refusal(ArtemisHere.shared().uri().port());

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure).hasMessageContaining("broker.sasl").hasMessageNotContaining("password");
    }

    @Test
    void aBrokerThatDoesNotOfferItSaysWhatItOffers() {
        var failure = refusal(EmbeddedBrokerJ.shared10().uri().port());

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure)
                .hasMessageContaining("ANONYMOUS")
                .hasMessageContaining("but [")
                .hasMessageContaining("PLAIN");
    }
}
