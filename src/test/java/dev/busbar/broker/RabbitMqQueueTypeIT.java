package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.Amqp091Admin;
import dev.busbar.testing.broker.RabbitMq;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows that queues are of the configured type, whatever the virtual host would choose, that quorum queues drop
 * nothing, and that queues from before go on working.
 */
@ExtendWith(RabbitExtension.class)
@ParameterizedClass
@ValueSource(strings = {"amqp", "amqp10"})
class RabbitMqQueueTypeIT extends BrokerContract {

    /** The number of failed deliveries: RabbitMQ 4 drops a message at the twenty-first, unless told otherwise. */
    private static final int FAILED_DELIVERIES = 25;

    /** Names the virtual host in which a queue without a type is a quorum queue. */
    private static final String QUORUM_HOST = "quorum-by-default";

    private static RabbitNode node;

    @Parameter
    String scheme;

    @BeforeAll
    static void take(RabbitNode shared) {
        if (node != shared) {
            node = shared;
            node.ctl("add_vhost", QUORUM_HOST, "--default-queue-type", "quorum");
            node.ctl("set_permissions", "--vhost", QUORUM_HOST, "guest", ".*", ".*", ".*");
        }
    }

    RabbitMqQueueTypeIT() {
        super(new RabbitMq(node));
    }

    @BeforeEach
    void requireDeclaring() {
        assumeTrue(
                scheme.equals("amqp") || node.release().isAtLeast(RabbitRelease.V4_0), "RabbitMQ 3 declares nothing");
    }

    private Client connectedTo(String virtualHost) {
        var uri = node.amqpUri("guest", "guest", virtualHost).replaceFirst("^amqp:", scheme + ":");
        return client(config(BrokerUri.parse(uri))).connect();
    }

    private QueueConfig quorum(Map<String, Object> arguments) {
        return new QueueConfig(queueName, QueueLife.UNTIL_STOP, QueueType.QUORUM, arguments);
    }

    private void declared(QueueConfig queue) {
        var client = connectedTo("/");
        client.on(client.subscribe(exchange, queue, 10, Inbox.keeping())::close);
    }

    /** Returns how often the message was delivered, each time to a channel that was closed over it. */
    private int lost() throws Exception {
        admin.publish("", queueName, "x");
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        try (var connection = factory.newConnection("losing")) {
            var times = 0;
            for (; times < FAILED_DELIVERIES && comesBack(); times++) {
                var channel = connection.createChannel();
                assertThat(channel.basicGet(queueName, false)).isNotNull();
                channel.close();
            }
            return times;
        }
    }

    private boolean comesBack() {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> admin.status(queueName).messages() == 1);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private String types() {
        return node.ctl("list_queues", "--vhost", QUORUM_HOST, "name", "type");
    }

    @Test
    void aMessageOfAQuorumQueueIsKeptHoweverOftenItIsLost() throws Exception {
        declared(quorum(Map.of()));

        assertThat(lost()).isEqualTo(FAILED_DELIVERIES);
    }

    @Test
    void aLimitThatIsConfiguredHolds() throws Exception {
        declared(quorum(Map.of("x-delivery-limit", 2)));

        assertThat(lost()).isEqualTo(3);
    }

    @Test
    void aQuorumQueueFromBeforeIsUsedAsItIsAndItsLimitCanBeLifted() throws Exception {
        admin.declareQueue(queueName, Map.of("x-queue-type", "quorum"));
        admin.publish("", queueName, "from before");
        var inbox = Inbox.accepting();
        var client = connectedTo("/");

        var subscription = client.subscribe(exchange, quorum(Map.of()), 10, inbox, "#");

        assertThat(inbox.takeText()).isEqualTo("from before");
        admin.publish(exchangeName, "k", "bound");
        assertThat(inbox.takeText()).isEqualTo("bound");
        client.on(subscription::close);
        if (node.release().isAtLeast(RabbitRelease.V4_0)) {
            var pattern = "^" + queueName + "$";
            node.ctl("set_policy", "--apply-to", "quorum_queues", queueName, pattern, "{\"delivery-limit\":-1}");
        }
        assertThat(lost()).isEqualTo(FAILED_DELIVERIES);
    }

    /**
     * Shows that a queue is asked for with the added arguments again after somebody else's queue stood in its place.
     */
    @Test
    void aQueueThatIsDeclaredAnewHasNoLimitEither() throws Exception {
        assumeTrue(node.release().isAtLeast(RabbitRelease.V4_0), "RabbitMQ 3 has no limit, and nothing is added");
        var client = connectedTo("/");
        var subscription = client.subscribe(exchange, quorum(Map.of("x-max-length", 50)), 10, Inbox.accepting(), "#");
        // The subscription may be the first to declare its queue again.
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isReplaced(subscription));

        admin.deleteQueue(queueName);
        eventually(() -> assertThat(subscription.state()).isInstanceOf(SubscriptionState.Active.class));
        client.on(subscription::close);

        assertThat(lost()).isEqualTo(FAILED_DELIVERIES);
    }

    /**
     * Returns whether the subscription reports that another queue of its name has been declared in the place of its
     * own.
     */
    private boolean isReplaced(Subscription subscription) {
        try {
            admin.deleteQueue(queueName);
            admin.declareQueue(queueName, Map.of("x-queue-type", "quorum", "x-max-length", 60));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> subscription.state() instanceof SubscriptionState.Recovering state
                            && state.cause().contains("wanted: queue '" + queueName + "'"));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Configures numbers of arguments as text: the broker takes no text, and considers a queue alike that has the
     * numbers.
     */
    @Test
    void argumentsThatAreTextInTheEnvironmentHaveTheirTypes() {
        var text = Map.<String, Object>of("x-max-length", "1000", "x-message-ttl", "60000", "x-max-priority", "5");
        declared(new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, text));

        admin.declareQueue(queueName, Map.of("x-max-length", 1_000, "x-message-ttl", 60_000, "x-max-priority", 5));
    }

    @Test
    void aClassicQueueFromBeforeIsUsed() {
        admin.declareQueue(queueName);
        admin.publish("", queueName, "from before");
        var inbox = Inbox.accepting();

        connectedTo("/").subscribe(exchange, persistent(), 10, inbox, "#");

        assertThat(inbox.takeText()).isEqualTo("from before");
    }

    @Test
    void whatIsClassicStaysClassicWhereQuorumIsTheDefault() {
        var client = connectedTo(QUORUM_HOST);
        var inbox = Inbox.accepting();
        var queue = queue(queueName, QueueLife.UNTIL_STOP);

        var subscription = client.subscribe(exchange, queue, 10, inbox, "#");

        assertThat(types()).contains(queueName + "\tclassic");
        client.publish(client.publisher(exchange), message("k", "x"), true);
        assertThat(inbox.takeText()).isEqualTo("x");
        client.on(subscription::close);
        eventually(() -> assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                .isTrue());
        assertThat(types()).doesNotContain(queueName);
    }

    @Test
    void whatTheVirtualHostHasMadeAQuorumQueueIsUsedAsItIsAndDeletedOnlyUnused() {
        try (var there = new Amqp091Admin(node.amqpUri("guest", "guest", QUORUM_HOST))) {
            there.declareQueue(queueName);
            there.publish("", queueName, "from before");
            var client = connectedTo(QUORUM_HOST);
            var inbox = Inbox.accepting();

            var subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");

            assertThat(inbox.takeText()).isEqualTo("from before");
            assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                    .isFalse();
            client.on(subscription::close);
            eventually(() -> assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queueName)))
                    .isTrue());
            assertThat(there.queueExists(queueName)).isFalse();
        }
    }
}
