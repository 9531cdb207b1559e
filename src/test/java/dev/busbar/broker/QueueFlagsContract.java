package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.Declaration;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Queues that are declared with other flags than their life has. */
abstract class QueueFlagsContract extends BrokerContract {

    QueueFlagsContract(BrokerUnderTest broker) {
        super(broker);
    }

    private QueueConfig queue(QueueLife life, boolean durable, boolean autoDelete, boolean exclusive) {
        return new QueueConfig(
                queueName, life, QueueType.CLASSIC, durable, autoDelete, exclusive, Declaration.TRUE, Map.of());
    }

    private boolean isArtemis() {
        return broker == ArtemisHere.shared();
    }

    private String refusal(QueueConfig queue) {
        var client = connected();
        try {
            client.subscribe(exchange, queue, 10, Inbox.accepting(), "#");
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
        return "";
    }

    @Test
    void aSharedQueueIsGoneWithItsLastConsumer() {
        // RabbitMQ deprecates it unless it is durable, Artemis cannot have it durable.
        var shared = queue(QueueLife.TRANSIENT, !isArtemis(), true, false);
        var first = connected();
        var second = connected();
        var firstInbox = Inbox.accepting();
        var secondInbox = Inbox.accepting();
        first.subscribe(exchange, shared, 1, firstInbox, "#");
        second.subscribe(exchange, shared, 1, secondInbox, "#");

        admin.publish(exchangeName, "k", "a", "b");
        eventually(() -> assertThat(firstInbox.size() + secondInbox.size()).isEqualTo(2));

        first.close();
        assertThat(admin.queueExists(queueName)).isTrue();
        second.close();
        eventually(() -> assertThat(admin.queueExists(queueName)).isFalse());
    }

    @Test
    void aQueueOfOthersThatIsDeletedWithItsLastConsumerIsDeclaredAlike() {
        Assumptions.assumeFalse(isArtemis(), "Artemis has no such durable queue");
        admin.declareAutoDeleteQueue(queueName);
        var inbox = Inbox.accepting();
        connected().subscribe(exchange, queue(QueueLife.TRANSIENT, true, true, false), 10, inbox, "#");

        admin.publish(exchangeName, "k", "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void aQueueOfOthersWithOtherFlagsIsReported() {
        Assumptions.assumeFalse(broker == EmbeddedBrokerJ.shared(), "Broker-J does not compare it over AMQP 0-9-1");
        admin.declareQueue(queueName);
        assertThat(refusal(queue(QueueLife.PERSISTENT, false, false, false)))
                .contains(queueName)
                .containsIgnoringCase("durable");
        assertThat(admin.queueExists(queueName)).isTrue();
    }

    @Test
    void aQueueThatIsNotDurableOutlivesItsConsumers() {
        var queue = queue(QueueLife.PERSISTENT, false, false, false);
        var client = connected();
        client.subscribe(exchange, queue, 10, Inbox.accepting(), "#");
        client.close();
        admin.publish(exchangeName, "k", "meanwhile");

        var inbox = Inbox.accepting();
        connected().subscribe(exchange, queue, 10, inbox, "#");
        assertThat(inbox.takeText()).isEqualTo("meanwhile");
    }

    @Test
    void anExclusiveQueueThatIsNotAutoDeleteIsGoneWithItsConnection() {
        var queue = queue(QueueLife.TRANSIENT, false, false, true);
        if (isArtemis()) {
            assertThat(refusal(queue)).contains("Artemis has no queue that is exclusive and not autoDelete");
            return;
        }
        var client = connected();
        client.subscribe(exchange, queue, 10, Inbox.accepting(), "#");
        client.close();
        eventually(() -> assertThat(admin.queueExists(queueName)).isFalse());
    }

    @Test
    void artemisRefusesAQueueThatIsDurableAndAutoDelete() {
        Assumptions.assumeTrue(isArtemis(), "of Artemis");
        assertThat(refusal(queue(QueueLife.TRANSIENT, true, true, false)))
                .contains("Artemis has no queue that is both durable and autoDelete");
    }
}
