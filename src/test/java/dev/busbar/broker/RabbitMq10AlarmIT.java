package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.QueueLife;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq10;
import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests consumers over AMQP 1.0 while RabbitMQ 4 is short of memory, when it takes no transfer, and so no request
 * either.
 */
@Slow
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
class RabbitMq10AlarmIT extends BrokerContract {

    private static RabbitNode node;

    private final Inbox inbox = Inbox.keeping();
    private Client client;

    RabbitMq10AlarmIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        node = own;
    }

    @BeforeEach
    void connect() {
        client = connected();
    }

    @AfterEach
    void unblock() {
        node.unblockPublishers();
    }

    @Test
    void consumersGoOnAndWhatIsBegunWaitsForAsLongAsItLasts() {
        var subscription = client.subscribe(exchange, persistent(), 1, inbox, "#");
        admin.publish(exchangeName, "k", "1", "2");
        admin.declareQueue(queueName + "-foreign");
        var foreign =
                new Topology(exchange, queue(queueName + "-foreign", QueueLife.PERSISTENT), List.of(), false, true);
        var toForeign = client.on(
                () -> client.connection.subscribe(new SubscriptionSpec("foreign", foreign, 1), Inbox.accepting()));
        node.blockPublishers();

        var begun = client.later(
                () -> client.connection.subscribe(Client.spec(exchange, fleeting(), 10, "#"), Inbox.accepting()));

        // Longer than an answer may take, and than the time between two checks of the topology.
        Awaitility.await()
                .during(Duration.ofSeconds(22))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !begun.isComplete()
                        && subscription.state() instanceof SubscriptionState.Active
                        && toForeign.state() instanceof SubscriptionState.Active);
        inbox.take().settle(Settlement.ACCEPTED);
        assertThat(inbox.takeText()).isEqualTo("2");
        node.unblockPublishers();
        assertThat(done(begun).state()).isInstanceOf(SubscriptionState.Active.class);
        admin.deleteQueue(queueName + "-foreign");
    }

    @Test
    void aConsumerThatIsLostMeanwhileSaysWhatItWaitsFor() {
        var subscription = client.subscribe(exchange, persistent(), 1, inbox, "#");
        node.blockPublishers();

        node.deleteQueue(queueName);

        eventually(() -> assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        recovering ->
                                assertThat(recovering.cause()).contains("short").contains("memory")));
        assertThat(failure(client.later(() -> client.connection.depth(queueName))))
                .hasMessageContaining("counting the messages of queue '" + queueName + "'")
                .hasMessageContaining("memory");
        node.unblockPublishers();
        eventually(() -> assertThat(subscription.state()).isInstanceOf(SubscriptionState.Active.class));
        admin.publish(exchangeName, "k", "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void aFilterBoundMeanwhileIsLiveWhenItIsOver() {
        var subscription = client.subscribe(exchange, persistent(), 10, inbox);
        node.blockPublishers();

        var bound = subscription.bind(TopicFilter.parse("a.*"));

        node.unblockPublishers();
        done(bound);
        admin.publish(exchangeName, "a.b", "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }
}
