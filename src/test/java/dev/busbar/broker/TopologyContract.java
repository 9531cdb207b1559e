package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what is declared, how long it lives, and that nothing is deleted that should not be. */
public abstract class TopologyContract extends BrokerContract {

    protected TopologyContract(BrokerUnderTest broker) {
        super(broker);
    }

    @Test
    void aTransientQueueIsGoneAfterTheConnection() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        client.subscribe(exchange, queue(queueName, QueueLife.TRANSIENT), 10, Inbox.accepting(), "#");

        client.close();

        eventually(() -> assertThat(admin.queueExists(queueName)).isFalse());
    }

    @ParameterizedTest
    @EnumSource(value = QueueLife.class, names = "TRANSIENT", mode = EnumSource.Mode.EXCLUDE)
    void aDurableQueueSurvivesTheConnectionAndKeepsWhatComes(QueueLife life) {
        var client = connected();
        client.subscribe(exchange, queue(queueName, life), 10, Inbox.accepting(), "#");
        client.close();

        admin.publish(exchangeName, "k", "meanwhile");

        var inbox = Inbox.accepting();
        connected().subscribe(exchange, queue(queueName, life), 10, inbox, "#");
        assertThat(inbox.takeText()).isEqualTo("meanwhile");
    }

    @Test
    void deletesAQueueOnlyWhileNobodyConsumesIt() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var subscription = client.subscribe(exchange, persistent(), 10, Inbox.keeping(), "#");

        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isFalse();
        assertThat(admin.queueExists(queueName)).isTrue();

        client.on(subscription::close);
        admin.publish("", queueName, "with what it holds");
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue();
        assertThat(admin.queueExists(queueName)).isFalse();
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue();
    }

    @Test
    void deletesAQuorumQueueOnlyWhileNobodyConsumesIt() {
        broker.assume(BrokerUnderTest.Ability.REPLICATED_QUEUES);
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var queue = new QueueConfig(queueName, QueueLife.UNTIL_STOP, QueueType.QUORUM, Map.of());
        var subscription = client.subscribe(exchange, queue, 10, Inbox.keeping(), "#");

        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isFalse();
        assertThat(admin.queueExists(queueName)).isTrue();

        client.on(subscription::close);
        eventually(() -> assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue());
        assertThat(admin.queueExists(queueName)).isFalse();
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue();
    }

    @Test
    void aStreamStaysForItsReadersAreNotCounted() {
        broker.assume(BrokerUnderTest.Ability.REPLICATED_QUEUES);
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var stream = new QueueConfig(queueName, QueueLife.UNTIL_STOP, QueueType.STREAM, Map.of());
        client.subscribe(exchange, stream, 10, Inbox.keeping(), "#");

        assertThat(failure(client.later(() -> client.connection.deleteQueueIfUnused(queueName))))
                .hasMessageContaining("stream '" + queueName + "' stays");
        assertThat(admin.queueExists(queueName)).isTrue();
    }

    @Test
    void deletingDisturbsNoOtherUserOfTheConnection() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, persistent(), 10, inbox, "#");
        var publisher = client.publisher(exchange);
        var lost = new java.util.concurrent.atomic.AtomicInteger();
        client.run(() -> publisher.onReady(lost::incrementAndGet));

        client.on(() -> client.connection.deleteQueueIfUnused(queueName));

        assertThat(client.get(publisher::ready)).isTrue();
        assertThat(client.publish(publisher, message("k", "x"), true)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.takeText()).isEqualTo("x");
        assertThat(lost).hasValue(0);
    }

    @Test
    void anExchangeOfAnotherTypeIsAMismatchAndStays() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        admin.declareExchange(exchangeName, "fanout");
        var client = connected();

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange))))));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure).hasMessageContaining(exchangeName).hasMessageContaining("topic");
        assertThat(admin.exchangeExists(exchangeName)).isTrue();
        // A broker may close the connection over it.
        eventually(() -> assertThat(client.connection.state()).isInstanceOf(ConnectionState.Connected.class));
    }

    @Test
    void aQueueOfAnotherLifeIsAMismatchAndStays() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        admin.declareAutoDeleteQueue(queueName);
        admin.publish("", queueName, "precious");
        var client = connected();

        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(exchange, persistent(), 10, "#"), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure).hasMessageContaining(queueName).hasMessageContaining("wanted: queue");
        assertThat(admin.get(queueName).text()).isEqualTo("precious");
    }

    @Test
    void aQueueWithOtherArgumentsIsAMismatchAndStays() {
        broker.assume(BrokerUnderTest.Ability.X_ARGUMENTS);
        admin.declareQueue(queueName, Map.of("x-max-length", 5));
        var client = connected();
        var wanted = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of("x-max-length", 6));

        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(exchange, wanted, 10, "#"), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining(queueName)
                .hasMessageContaining("x-max-length")
                .hasMessageContaining("6");
        assertThat(admin.queueExists(queueName)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3, 1000000", "1000, 350000"})
    void aQueueKeepsTheNewestWithinItsBounds(int messages, long bytes) {
        broker.assume(BrokerUnderTest.Ability.BOUNDED_QUEUES);
        var client = connected();
        var bounds = new QueueBounds(messages, bytes, Duration.ofHours(1));
        var arguments = client.on(() -> client.connection.arguments(bounds));
        var queue = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, arguments);
        var subscription = client.subscribe(exchange, queue, 10, Inbox.accepting(), "#");
        client.on(subscription::close);
        var rest = "x".repeat(100_000);

        IntStream.rangeClosed(1, 5).forEach(number -> admin.publish(exchangeName, "k", number + rest));

        var inbox = Inbox.accepting();
        client.subscribe(exchange, queue, 10, inbox, "#");
        assertThat(inbox.takeTexts(3)).extracting(text -> text.substring(0, 1)).containsExactly("3", "4", "5");
    }

    @Test
    void boundsThatNoQueueHasAreRefused() {
        Assumptions.assumeFalse(
                broker.abilities().contains(BrokerUnderTest.Ability.BOUNDED_QUEUES), "this broker has such queues");
        var client = connected();
        var bounds = new QueueBounds(3, 1000, Duration.ofHours(1));

        assertThat(failure(client.later(() -> client.connection.arguments(bounds))))
                .hasMessageContaining("has no queue arguments for bytes and age");
    }

    @Test
    void aQueueThatAnotherConnectionHoldsExclusivelyIsRefused() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var mine = queue(queueName, QueueLife.TRANSIENT);
        connected().subscribe(exchange, mine, 10, Inbox.accepting(), "#");
        var other = connected();

        var failure = failure(
                other.later(() -> other.connection.subscribe(Client.spec(exchange, mine, 10, "#"), Inbox.accepting())));

        assertThat(failure).hasMessageContaining(queueName);
        assertThat(failure.kind().mayPass()).isFalse();
    }

    @Test
    void oneOfSeveralConsumersIsActiveAndTheNextGoesOnInOrder() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var topology = new Topology(exchange, persistent(), List.of(TopicFilter.parse("#")), true);
        var first = connected();
        var active = Inbox.keeping();
        first.on(() -> first.connection.subscribe(new SubscriptionSpec("first", topology, 10), active));
        var second = connected();
        var standby = Inbox.accepting();
        second.on(() -> second.connection.subscribe(new SubscriptionSpec("second", topology, 10), standby));

        admin.publish(exchangeName, "k", "1", "2", "3", "4", "5");

        assertThat(active.takeTexts(5)).containsExactly("1", "2", "3", "4", "5");
        assertThat(standby.size()).isZero();
        first.close();
        assertThat(standby.takeTexts(5)).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void theActiveConsumerThatStopsLeavesTheRestToTheNextInOrder() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var topology = new Topology(exchange, persistent(), List.of(TopicFilter.parse("#")), true);
        var first = connected();
        var active = Inbox.keeping();
        var stopping = first.on(() -> first.connection.subscribe(new SubscriptionSpec("first", topology, 1), active));
        var second = connected();
        var standby = Inbox.accepting();
        second.on(() -> second.connection.subscribe(new SubscriptionSpec("second", topology, 10), standby));
        admin.publish(exchangeName, "k", "1", "2", "3");
        var inHand = active.take();

        first.on(stopping::stop);
        admin.publish(exchangeName, "k", "4");
        inHand.settle(Settlement.ACCEPTED);
        first.on(stopping::close);

        assertThat(standby.takeTexts(3)).containsExactly("2", "3", "4");
        assertThat(active.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = QueueType.class, names = "CLASSIC", mode = EnumSource.Mode.EXCLUDE)
    void replicatedQueuesDeliver(QueueType type) {
        broker.assume(BrokerUnderTest.Ability.REPLICATED_QUEUES);
        var client = connected();
        var inbox = Inbox.accepting();
        var arguments = type == QueueType.STREAM
                ? Map.<String, Object>of("x-stream-offset", "first")
                : Map.<String, Object>of();
        client.subscribe(exchange, new QueueConfig(queueName, QueueLife.PERSISTENT, type, arguments), 10, inbox, "#");

        client.publish(client.publisher(exchange), message("k", "x"), true);

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void theBrokersOwnExchangesAreUsedAsTheyAre() {
        var client = connected();
        var inbox = Inbox.accepting();
        var own = new dev.busbar.config.ExchangeConfig("amq.topic", "topic", true, Map.of());
        client.subscribe(own, fleeting(), 10, inbox, queueName);

        admin.publish("amq.topic", queueName, "x");

        assertThat(inbox.takeText()).isEqualTo("x");
    }
}
