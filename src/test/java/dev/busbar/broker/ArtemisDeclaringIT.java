package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.CuttableProxy;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what can be declared at an Artemis, what cannot, and what the failure says. */
class ArtemisDeclaringIT extends BrokerContract {

    private static EmbeddedArtemis own;

    ArtemisDeclaringIT() {
        super(new ArtemisHere(own));
    }

    @BeforeAll
    static void start() {
        own = EmbeddedArtemis.inMemory();
        own.addUser(
                "worker",
                "worker",
                new Role("worker", true, true, true, true, true, true, false, true, true, true, true, true));
        own.addUser(
                "reader",
                "reader",
                new Role("reader", false, true, false, false, true, true, true, true, false, false, true, true));
        own.stop();
        own.start();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    private BrokerException refused(ExchangeConfig exchange, QueueConfig queue, String... filters) {
        var client = connected();
        return failure(client.later(
                () -> client.connection.subscribe(Client.spec(exchange, queue, 10, filters), Inbox.accepting())));
    }

    @ParameterizedTest
    @CsvSource({
        "busbar, headers, use topic",
        "busbar, x-random, use topic",
        "amq.fanout, fanout, use amq.topic",
        "a::b, topic, choose another name",
        "a.*, topic, choose another name"
    })
    void refusesAnExchangeThatItCannotHave(String name, String type, String remedy) {
        var failure = refused(new ExchangeConfig(name, type, true, Map.of()), fleeting(), "k");

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining(type.equals("topic") ? name : type)
                .hasMessageContaining(remedy);
    }

    @Test
    void refusesArgumentsItDoesNotHave() {
        assertThat(refused(new ExchangeConfig(exchangeName, "topic", true, Map.of("x", 1)), fleeting(), "k"))
                .hasMessageContaining("arguments of exchanges");
        assertThat(refused(
                        exchange,
                        new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of("x-max-length", 1)),
                        "k"))
                .hasMessageContaining("x-max-length")
                .hasMessageContaining("ring-size");
        assertThat(refused(exchange, new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.QUORUM, Map.of()), "k"))
                .hasMessageContaining("no quorum queues");
    }

    @Test
    void refusesWildcardsOfItsAddressesThatItWouldMatchWrongly() {
        var addresses = new ExchangeConfig("amq.topic", "topic", true, Map.of());

        assertThat(refused(addresses, fleeting(), "a.#.b")).hasMessageContaining("'a.#.b'");
        assertThat(refused(addresses, fleeting(), "a.*", "b.*")).hasMessageContaining("[a.*, b.*]");
    }

    @Test
    void anArgumentIsDeclaredAndComparedWithWhatIsThere() {
        var client = connected();
        var ring = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of("ring-size", 2));
        client.on(client.subscribe(exchange, ring, 1, Inbox.keeping(), "#")::close);
        var publisher = client.publisher(exchange);

        for (var text : List.of("a", "b", "c")) {
            client.publish(publisher, message("k", text), true);
        }

        assertThat(admin.get(queueName).text()).isEqualTo("b");
        var failure = refused(
                exchange,
                new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of("ring-size", 3)),
                "#");
        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining("exists with ring-size \"2\"")
                .hasMessageContaining("with ring-size \"3\"");
    }

    @Test
    void aQueueElsewhereOrWithOtherFiltersIsAMismatchAndStays() throws Exception {
        own.server()
                .createQueue(QueueConfiguration.of(queueName)
                        .setAddress("elsewhere")
                        .setRoutingType(RoutingType.MULTICAST)
                        .setFilterString("JMSType = 'a'"));

        var failure = refused(exchange, persistent(), "b");

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining("address \"elsewhere\"")
                .hasMessageContaining("filter-string \"JMSType = 'a'\"")
                .hasMessageContaining("address \"" + exchangeName + "\"")
                .hasMessageContaining("JMSType = 'b'");
        assertThat(failure.getMessage()).doesNotContain("durable");
        assertThat(admin.queueExists(queueName)).isTrue();
    }

    @Test
    void aBoundQueueIsConsumedAsItIsByWhoDoesNotSayHowItIsBound() {
        var client = connected();
        client.on(client.subscribe(exchange, persistent(), 10, Inbox.keeping(), "a.*")::close);
        client.publish(client.publisher(exchange), message("a.b", "x"), true);
        var inbox = Inbox.accepting();

        connected().subscribe(exchange, persistent(), 10, inbox);

        var delivery = inbox.take();
        assertThat(delivery.message().body().toString()).isEqualTo("x");
        assertThat(delivery.message().routingKey()).isEqualTo("a.b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "elsewhere::"})
    void aQueueAtAnotherAddressThatIsTrustedToExistIsConsumed(String address) throws Exception {
        own.server()
                .createQueue(
                        QueueConfiguration.of(queueName).setAddress("elsewhere").setRoutingType(RoutingType.ANYCAST));
        var client = connected();
        var inbox = Inbox.accepting();
        var queue = new QueueConfig(
                address + queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, Declaration.FALSE, Map.of());
        client.subscribe(exchange, queue, 10, inbox);

        admin.publish("", queueName, "x");

        assertThat(inbox.takeText()).isEqualTo("x");
        assertThat(admin.exchangeExists(queueName))
                .as("an address of that name")
                .isFalse();
    }

    @Test
    void anAddressForBothKindsOfQueuesIsAnExchangeToo() throws Exception {
        var both = new AddressInfo(SimpleString.of(exchangeName))
                .addRoutingType(RoutingType.ANYCAST)
                .addRoutingType(RoutingType.MULTICAST);
        own.server().addAddressInfo(both);
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        client.publish(client.publisher(exchange), message("k", "x"), true);

        assertThat(inbox.takeText()).isEqualTo("x");
        assertThat(admin.queueExists(exchangeName)).as("an anycast queue").isFalse();
    }

    @Test
    void aTransientQueueGoesWithABrokenConnection() throws Exception {
        try (var proxy = new CuttableProxy("127.0.0.1", own.port())) {
            var client = client(config(at(proxy.port()))).connect();
            client.subscribe(exchange, queue(queueName, QueueLife.TRANSIENT), 10, Inbox.keeping(), "#");
            client.publish(client.publisher(exchange), message("k", "x"), true);

            proxy.breakDown();

            eventually(() -> assertThat(admin.queueExists(queueName)).isFalse());
            assertThat(admin.exchangeExists(exchangeName)).isTrue();
        }
    }

    @Test
    void withoutThePermissionToManageItSaysWhatToGrant() {
        var client = client(config(BrokerUri.parse("amqp10://worker:worker@127.0.0.1:" + own.port())))
                .connect();

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange))))));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure).hasMessageContaining("manage").hasMessageContaining("activemq.management");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        var client = client(config(BrokerUri.parse("amqp10://reader:reader@127.0.0.1:" + own.port())))
                .connect();

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange))))));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure).hasMessageContaining("permission='CREATE_ADDRESS'");
    }
}
