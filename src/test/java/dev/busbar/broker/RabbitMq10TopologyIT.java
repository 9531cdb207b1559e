package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows that a failure names what cannot be declared through the plugin of RabbitMQ 3, and that what exists is used as
 * it is.
 */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
class RabbitMq10TopologyIT extends BrokerContract {

    private static RabbitNode node;

    RabbitMq10TopologyIT() {
        super(new BrokerUnderTest() {
            @Override
            public BrokerUri uri() {
                return BrokerUri.parse(node.amqp10Uri());
            }

            @Override
            public Set<Ability> abilities() {
                return Set.of();
            }
        });
    }

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        node = own;
        node.ctl("set_policy", "--apply-to", "queues", "leftovers", "^amq\\.gen-", "{\"expires\":2000}");
    }

    private static QueueConfig fleeting(Map<String, Object> arguments) {
        return new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, arguments);
    }

    private static QueueConfig promised() {
        return fleeting(Map.of("x-expires", 2_000));
    }

    private BrokerException refusal(ExchangeConfig from, QueueConfig queue, String... filters) {
        var client = connected();
        return failure(client.later(
                () -> client.connection.subscribe(Client.spec(from, queue, 10, filters), Inbox.accepting())));
    }

    private BrokerException refusal(QueueConfig queue, String... filters) {
        admin.declareExchange(exchangeName, "topic");
        return refusal(exchange, queue, filters);
    }

    @Test
    void anExchangeThatIsMissingIsNamedWithTheRemedy() {
        var client = connected();

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange))))));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure)
                .hasMessageContaining("exchange '" + exchangeName + "' does not exist")
                .hasMessageContaining("amqp://")
                .hasMessageContaining("declare exchange name=" + exchangeName + " type=topic durable=true");
        assertThat(refusal(exchange, persistent(), "#")).hasMessage(failure.getMessage());
    }

    @Test
    void aQueueThatIsMissingIsNamedWithTheRemedy() {
        var failure = refusal(persistent(), "a.#", "b");

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure)
                .hasMessageContaining("queue '" + queueName + "' does not exist")
                .hasMessageContaining("routing_key=a.#, b");
        assertThat(admin.queueExists(queueName)).isFalse();
    }

    private ExchangeConfig ofOthers(String name) {
        return new ExchangeConfig(name, "topic", true, false, false, Declaration.FALSE, Map.of());
    }

    @Test
    void ofSeveralExchangesOfOthersTheOneThatIsMissingIsNamed() {
        admin.declareExchange(exchangeName, "topic");
        var missing = exchangeName + "-missing";
        var spec =
                new PublisherSpec("test", List.of(Topology.of(ofOthers(exchangeName)), Topology.of(ofOthers(missing))));

        var client = connected();
        var publisher = client.on(() -> client.connection.publisher(spec));

        assertThat(client.get(publisher::obstacle)).contains("exchange '" + missing + "' does not exist");
    }

    @Test
    void aTransientRouteFromAnExchangeOfOthersThatIsMissingNamesIt() {
        var client = connected();
        var topology = new Topology(ofOthers(exchangeName), promised(), List.of(TopicFilter.parse("a.*")));

        var subscription = client.on(() -> client.connection.subscribe(
                new SubscriptionSpec("test", topology, 10).startingEarly(), Inbox.accepting()));

        assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        it -> assertThat(it.cause()).contains("exchange '" + exchangeName + "' does not exist"));
    }

    @Test
    void aQueueThatIsMissingIsNotTakenForTheExchangeOfOthers() {
        admin.declareExchange(exchangeName, "topic");

        var failure = refusal(ofOthers(exchangeName), persistent(), "a.#");

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("queue '" + queueName + "' does not exist");
    }

    @Test
    void aTransientQueueNeedsThePromiseThatItIsRemoved() {
        assertThat(refusal(fleeting(), "#")).hasMessageContaining("x-expires").hasMessageContaining("set_policy");
    }

    @Test
    void filtersThatOverlapWouldDeliverTwice() {
        assertThat(refusal(promised(), "a.*", "b", "*.c")).hasMessageContaining("both 'a.*' and '*.c'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bücher", "a%2Fb"})
    void aNameThatHasNoAddressIsRefused(String name) {
        var failure = refusal(new ExchangeConfig(name, "topic", true, Map.of()), persistent(), "#");

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("'" + name + "'").hasMessageContaining("amqp://");
    }

    @Test
    void aQueueWithoutBindingsIsDeclaredAndDurable() {
        var client = connected();
        var park = new PublisherSpec(
                "test",
                List.of(new Topology(new ExchangeConfig("", "direct", true, Map.of()), persistent(), List.of())));
        var publisher = client.on(() -> client.connection.publisher(park));

        var outcome = client.publish(
                publisher, new BridgeMessage("", queueName, message("", "").properties(), Buffer.buffer("parked")));

        assertThat(outcome).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(node.ctl("list_queues", "name", "durable", "auto_delete", "exclusive"))
                .contains(queueName + "\ttrue\tfalse\tfalse");
        assertThat(admin.get(queueName).text()).isEqualTo("parked");
        client.on(() -> client.connection.publisher(park));
    }

    @Test
    void answersComeToAQueueThatNothingIsBoundTo() {
        var client = connected();
        var inbox = Inbox.accepting();
        var none = new ExchangeConfig("", "direct", true, Map.of());

        var subscription = client.subscribe(none, fleeting(), 10, inbox);
        admin.publish("", subscription.queue(), "answer");

        assertThat(inbox.takeText()).isEqualTo("answer");
        assertThat(node.ctl("list_queues", "name", "durable")).contains(subscription.queue() + "\tfalse");
    }

    @Test
    void aTransientRouteHasALinkForEachFilterAndWhatIsLeftGoesByThePolicy() {
        admin.declareExchange(exchangeName, "topic");
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, promised(), 10, inbox, "a.*", "b.#", "c");

        admin.publish(exchangeName, "a.b", "1");
        admin.publish(exchangeName, "b", "2");
        admin.publish(exchangeName, "c", "3");
        admin.publish(exchangeName, "d", "4");

        assertThat(inbox.takeTexts(3)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(inbox.size()).isZero();
        assertThat(bindings()).hasSize(3);
        client.close();
        eventually(() -> assertThat(bindings()).isEmpty());
    }

    private List<String> bindings() {
        return node.ctl("list_bindings", "source_name")
                .lines()
                .filter(exchangeName::equals)
                .toList();
    }

    @Test
    void aQueueDeletedUnderItsConsumerIsMissedAndUsedAgainOnceItIsBack() {
        admin.declareExchange(exchangeName, "topic");
        admin.declareQueue(queueName);
        var client = connected();
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");

        admin.deleteQueue(queueName);
        eventually(() -> assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        recovering -> assertThat(recovering.cause()).contains(queueName)));
        admin.declareQueue(queueName);
        admin.publish("", queueName, "x");

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void filtersDoNotComeAndGoAndTheRefusalSaysWhatToUse() {
        admin.declareExchange(exchangeName, "topic");
        admin.declareQueue(queueName);
        var inbox = Inbox.accepting();
        var subscription = connected().subscribe(exchange, persistent(), 10, inbox);

        assertThat(failure(subscription.bind(TopicFilter.parse("a.*"))))
                .hasMessageContaining("'a.*'")
                .hasMessageContaining("amqp:// in broker.uri");
        admin.publish("", queueName, "goes on");
        assertThat(inbox.takeText()).isEqualTo("goes on");
    }

    @Test
    void nothingIsDeleted() {
        admin.declareQueue(queueName);
        var client = connected();

        var failure = failure(client.later(() -> client.connection.deleteQueueIfUnused(queueName)));

        assertThat(failure).hasMessageContaining("rabbitmqctl delete_queue");
        assertThat(admin.queueExists(queueName)).isTrue();
        admin.deleteQueue(queueName);
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue();
    }

    /** Opens and closes many publishers, because the plugin loses the answer to an end now and then. */
    @Test
    void sessionsAfterEachOtherAreAllBegun() {
        admin.declareExchange(exchangeName, "topic");
        var client = connected();

        for (var i = 0; i < 300; i++) {
            var publisher = client.publisher(exchange);
            client.on(publisher::close);
        }
    }

    @Test
    void theVirtualHostIsTheOneOfTheUri() {
        node.addVirtualHost("other");
        var uri = BrokerUri.parse(node.amqp10Uri("guest", "guest", "other"));
        admin.declareExchange(exchangeName, "topic");
        var client = client(config(uri)).connect();

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange))))));

        assertThat(failure).hasMessageContaining("'" + exchangeName + "' does not exist");
    }
}
