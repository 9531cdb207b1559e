package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.Await;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests where messages go at an Artemis: what it means by exchanges and bindings, and what it does not tell. */
class ArtemisRoutingIT extends BrokerContract {

    private static final ExchangeConfig DEFAULT = new ExchangeConfig("", "direct", true, Map.of());
    private static final ExchangeConfig ADDRESSES = new ExchangeConfig("amq.topic", "topic", true, Map.of());

    private static EmbeddedArtemis own;

    ArtemisRoutingIT() {
        super(new ArtemisHere(own));
    }

    @BeforeAll
    static void start() {
        own = EmbeddedArtemis.inMemory();
        own.addSettings(
                "small.#",
                new AddressSettings()
                        .setMaxSizeBytes(20_000)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
        own.addSettings(
                "strict.#", new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false));
        own.stop();
        own.start();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    private static BridgeMessage of(BridgeMessage message, String exchange) {
        return new BridgeMessage(exchange, message.routingKey(), message.properties(), message.body());
    }

    private void foreignQueue(String name, String address, String filter) throws Exception {
        own.server()
                .createQueue(QueueConfiguration.of(name)
                        .setAddress(address)
                        .setRoutingType(RoutingType.MULTICAST)
                        .setFilterString(filter));
    }

    @Test
    void aQueueThatOthersHaveBoundCountsForMandatory() throws Exception {
        var client = connected();
        var publisher = client.publisher(exchange);
        foreignQueue(queueName, exchangeName, "JMSType LIKE 'a.%' AND NOT (JMSType = 'a.no')");

        assertThat(client.publish(publisher, message("a.b", "x"), true)).isEqualTo(PublishOutcome.Confirmed.INSTANCE);
        assertThat(client.publish(publisher, message("a.no", "x"), true)).isInstanceOf(PublishOutcome.Unroutable.class);
    }

    @Test
    void aQueueWhoseFilterCannotBeReadIsNamedWhereNoOtherTakesTheMessage() throws Exception {
        var client = connected();
        var publisher = client.publisher(exchange);
        foreignQueue(queueName, exchangeName, "colour = 'red'");

        var outcome = client.publish(publisher, message("a.b", "x"), true);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PublishOutcome.Unroutable.class,
                        unroutable -> assertThat(unroutable.reason())
                                .contains(exchangeName)
                                .contains("a.b")
                                .contains(queueName));
    }

    @Test
    void manyMandatoryMessagesAreTold() {
        var client = connected();
        var publisher = client.publisher(exchange);
        client.subscribe(exchange, fleeting(), 100, Inbox.accepting(), "yes.#");

        var outcomes = IntStream.range(0, 2_000)
                .mapToObj(i -> client.publishLater(publisher, message(i % 2 == 0 ? "yes." + i : "no." + i, "x"), true))
                .toList();

        for (var i = 0; i < outcomes.size(); i++) {
            assertThat(Await.done(outcomes.get(i)))
                    .as("message %d", i)
                    .isInstanceOf(i % 2 == 0 ? PublishOutcome.Confirmed.class : PublishOutcome.Unroutable.class);
        }
    }

    @Test
    void aBoundQueueIsReachedByItsNameToo() {
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, persistent(), 10, inbox, "a.*", "b.#");
        var publisher = client.publisher(DEFAULT);

        assertThat(client.publish(publisher, of(message(queueName, "direct"), ""), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);

        var delivery = inbox.take();
        assertThat(delivery.message().body().toString()).isEqualTo("direct");
        assertThat(delivery.message().exchange()).isEmpty();
        assertThat(delivery.message().routingKey()).isEqualTo(queueName);
    }

    @Test
    void whatIsForAQueueThatDoesNotExistMakesNone() {
        var client = connected();
        var publisher = client.publisher(DEFAULT);
        var missing = of(message(queueName, "x"), "");

        assertThat(client.publish(publisher, missing, true))
                .isInstanceOfSatisfying(
                        PublishOutcome.Unroutable.class,
                        unroutable -> assertThat(unroutable.reason()).contains(queueName));
        assertThat(client.publish(publisher, missing, false)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(own.server().getAddressInfo(SimpleString.of(queueName))).isNull();
    }

    @Test
    void messagesForAQueueByNameKeepTheirOrder() {
        admin.declareQueue(queueName);
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, persistent(), 100, inbox);
        var publisher = client.publisher(DEFAULT);

        var outcomes = IntStream.range(0, 500)
                .mapToObj(i -> client.publishLater(publisher, of(message(queueName, "" + i), ""), i % 2 == 0))
                .toList();

        outcomes.forEach(outcome -> assertThat(Await.done(outcome)).isInstanceOf(PublishOutcome.Confirmed.class));
        assertThat(inbox.takeTexts(500))
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "" + i).toList());
    }

    @Test
    void filtersThatOverlapOrMixWildcardsDeliverWhatTheySay() {
        var client = connected();
        var mixed = Inbox.accepting();
        var several = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 100, mixed, "builders.*.builds.#");
        client.subscribe(exchange, fleeting(), 100, several, "a.*", "*.b", "#.b", "it's.%_");
        var publisher = client.publisher(exchange);

        for (var key : List.of(
                "builders.1.builds",
                "builders.1.builds.7.steps.3.log",
                "builders.1.x.builds.7",
                "builders.builds.7",
                "a.b",
                "x.y.b",
                "it's.%_",
                "it's.xy")) {
            client.publish(publisher, message(key, key));
        }

        assertThat(mixed.takeTexts(2)).containsExactly("builders.1.builds", "builders.1.builds.7.steps.3.log");
        assertThat(several.takeTexts(3)).containsExactly("a.b", "x.y.b", "it's.%_");
        assertThat(mixed.size() + several.size()).isZero();
    }

    @Test
    void aDirectExchangeTakesWordsAsTheyAreAndAFanoutTakesAll() {
        var client = connected();
        var direct = Inbox.accepting();
        var all = Inbox.accepting();
        var fanout = new ExchangeConfig(exchangeName, "fanout", true, Map.of());
        client.subscribe(new ExchangeConfig(exchangeName, "direct", true, Map.of()), fleeting(), 10, direct, "a.b");
        client.subscribe(fanout, fleeting(), 10, all, "no.such.key");
        var publisher = client.publisher(fanout);

        client.publish(publisher, message("a.c", "1"), true);
        client.publish(publisher, message("a.b", "2"), true);

        assertThat(all.takeTexts(2)).containsExactly("1", "2");
        assertThat(direct.takeText()).isEqualTo("2");
    }

    @Test
    void itsOwnAddressesAreAnExchangeWithItsWildcards() throws Exception {
        var root = exchangeName;
        var client = connected();
        var inbox = Inbox.accepting();
        foreignQueue(queueName, root + ".plant.7.heat", null);
        client.subscribe(ADDRESSES, fleeting(), 10, inbox, root + ".plant.*.heat");
        var publisher = client.publisher(ADDRESSES);

        assertThat(client.publish(publisher, of(message(root + ".plant.7.heat", "hot"), "amq.topic"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(client.publish(publisher, of(message(root + ".plant.8.heat", "warm"), "amq.topic"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(client.publish(publisher, of(message(root + ".plant.8.cold", "no"), "amq.topic"), true))
                .isInstanceOf(PublishOutcome.Unroutable.class);

        var delivery = inbox.take();
        assertThat(delivery.message().exchange()).isEqualTo("amq.topic");
        assertThat(delivery.message().routingKey()).isEqualTo(root + ".plant.7.heat");
        assertThat(inbox.takeText()).isEqualTo("warm");
        assertThat(admin.get(queueName).text()).isEqualTo("hot");
    }

    @Test
    void anAddressThatDoesNotExistWhereNoneIsMadeIsUnroutable() {
        var client = connected();
        var publisher = client.publisher(ADDRESSES);
        var message = of(message("strict." + queueName, "x"), "amq.topic");

        assertThat(client.publish(publisher, message, true)).isInstanceOf(PublishOutcome.Unroutable.class);
        assertThat(client.publish(publisher, message, false)).isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void exchangesAndQueuesAreDeclaredWhereNothingIsMadeByItself() {
        var strict = new ExchangeConfig("strict." + exchangeName, "topic", true, Map.of());
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(strict, queue("strict." + queueName, QueueLife.TRANSIENT), 10, inbox, "#");
        var publisher = client.publisher(strict);

        client.publish(publisher, of(message("k", "x"), strict.name()), true);

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void whatAFullAddressDoesNotTakeIsRefusedAndItTakesMessagesAgainOnceThereIsRoom() {
        var small = new ExchangeConfig("small." + exchangeName, "topic", true, Map.of());
        var name = "small." + queueName;
        var client = connected();
        var subscription = client.subscribe(small, queue(name, QueueLife.PERSISTENT), 1, Inbox.keeping(), "#");
        client.on(subscription::close);
        var publisher = client.publisher(small);
        var large = of(message("k", Buffer.buffer(new byte[8_000]), Map.of()), small.name());

        PublishOutcome outcome;
        do {
            outcome = client.publish(publisher, large, true);
        } while (outcome instanceof PublishOutcome.Confirmed);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PublishOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("full"));
        eventually(() -> assertThat(client.get(publisher::ready)).isFalse());

        client.subscribe(small, queue(name, QueueLife.PERSISTENT), 10, Inbox.accepting(), "#");

        eventually(() -> assertThat(client.get(publisher::ready)).isTrue());
        assertThat(client.publish(publisher, large, true)).isInstanceOf(PublishOutcome.Confirmed.class);
        admin.deleteQueue(name);
    }

    /** Shows that the app id travels as the group id, by which Artemis pins messages to one consumer. */
    @Test
    void messagesOfOneAppAreSharedByAllConsumers() {
        var one = Inbox.keeping();
        var other = Inbox.keeping();
        var client = connected();
        client.subscribe(exchange, persistent(), 10, one, "#");
        connected().subscribe(exchange, persistent(), 10, other, "#");
        var publisher = client.publisher(exchange);
        var properties =
                MessageProperties.builder().appId("app").persistent(true).build();

        for (var i = 0; i < 10; i++) {
            client.publish(publisher, new BridgeMessage(exchangeName, "k", properties, Buffer.buffer("x")), true);
        }

        assertThat(one.take().message().properties().appId()).isEqualTo("app");
        assertThat(other.take()).isNotNull();
    }
}
