package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what messages become on their way through the plugin of RabbitMQ 3, and what may not enter it. */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
class RabbitMq10MessagesIT extends BrokerContract {

    private static RabbitNode node;

    RabbitMq10MessagesIT() {
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
    static void take(RabbitNode shared) {
        node = shared;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "x%y?z#", "*"})
    void everyOtherNameIsAddressed(String name) {
        var odd = new ExchangeConfig(name + queueName, "topic", true, Map.of());
        var queue = queue(name + queueName, QueueLife.PERSISTENT);
        admin.declareExchange(odd.name(), "topic");
        admin.declareQueue(queue.name());
        admin.bind(queue.name(), odd.name(), "#");
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(odd, queue, 10, inbox, "#");
        var key = "käse/" + name;

        client.publish(
                client.publisher(odd),
                new BridgeMessage(odd.name(), key, message("", "").properties(), Buffer.buffer("x")));

        var message = inbox.take().message();
        assertThat(message.exchange()).isEqualTo(odd.name());
        assertThat(message.routingKey()).isEqualTo(key);
        client.close();
        admin.deleteQueue(queue.name());
        admin.deleteExchange(odd.name());
    }

    @Test
    void whetherAQueueTakesAMessageIsNotKnown() {
        admin.declareExchange(exchangeName, "topic");
        var client = connected();

        assertThat(client.publish(client.publisher(exchange), message("nobody", "x"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void whetherAQueueIsThereIsKnown() {
        admin.declareQueue(queueName);
        var owned = admin.declareOwnQueue();
        var client = connected();
        var publisher = client.publisher(exchangeOfNothing());
        var properties = message("", "").properties();

        for (var queue : List.of(queueName, owned)) {
            assertThat(client.publish(publisher, new BridgeMessage("", queue, properties, Buffer.buffer("x")), true))
                    .isInstanceOf(PublishOutcome.Confirmed.class);
        }
        assertThat(client.publish(publisher, new BridgeMessage("", "nobody", properties, Buffer.buffer("x")), true))
                .isInstanceOfSatisfying(
                        PublishOutcome.Unroutable.class,
                        unroutable -> assertThat(unroutable.reason()).contains("'nobody'"));
    }

    @Test
    void readsWhatA091ClientSent() {
        admin.declareQueue(queueName);
        var sent = MessageProperties.builder()
                .messageId("id")
                .correlationId("c")
                .replyTo("replies")
                .contentType("text/plain")
                .contentEncoding("utf-8")
                .timestamp(Instant.parse("2026-11-05T10:15:30Z"))
                .priority(3)
                .expiration("60000")
                .type("type")
                .appId("app")
                .persistent(true)
                .headers(Map.of("x", "y"))
                .build();
        admin.publish(List.of(new BridgeMessage("", queueName, sent, Buffer.buffer("x"))));
        var inbox = Inbox.accepting();
        connected().subscribe(exchangeOfNothing(), persistent(), 10, inbox);

        var message = inbox.take().message();

        assertThat(message.routingKey()).isEqualTo(queueName);
        assertThat(message.body()).hasToString("x");
        // Type, app id and application headers get lost in the plugin.
        assertThat(message.properties())
                .isEqualTo(sent.toBuilder()
                        .type(null)
                        .appId(null)
                        .headers(Map.of())
                        .build());
    }

    @Test
    void a091ClientReadsWhatIsSent() {
        admin.declareQueue(queueName);
        var client = connected();
        var sent = MessageProperties.builder()
                .messageId("id")
                .correlationId("c")
                .replyTo("replies")
                .contentType("text/plain")
                .contentEncoding("utf-8")
                .priority(3)
                .expiration("60000")
                .type("type")
                .userId("guest")
                .appId("app")
                .persistent(true)
                .headers(Map.of("x", "y"))
                .build();

        client.publish(
                client.publisher(exchangeOfNothing()), new BridgeMessage("", queueName, sent, Buffer.buffer("x")));

        var read = admin.get(queueName).properties();
        assertThat(read.messageId()).isEqualTo("id");
        assertThat(read.correlationId()).isEqualTo("c");
        assertThat(read.replyTo()).isEqualTo("replies");
        assertThat(read.contentType()).isEqualTo("text/plain");
        assertThat(read.contentEncoding()).isEqualTo("utf-8");
        assertThat(read.userId()).isEqualTo("guest");
        assertThat(read.persistent()).isTrue();
        assertThat(read.headers()).containsKey("x-amqp-1.0-app-properties").doesNotContainKey("x");
    }

    private static ExchangeConfig exchangeOfNothing() {
        return new ExchangeConfig("", "direct", true, Map.of());
    }

    @Test
    void whatNo091ConsumerCouldBeSentIsRefused() {
        var client = connected();
        var publisher = client.publisher(exchangeOfNothing());
        var long256 = "i".repeat(256);
        var properties =
                MessageProperties.builder().messageId(long256).persistent(true).build();

        assertThat(client.publish(publisher, new BridgeMessage("", queueName, properties, Buffer.buffer())))
                .isInstanceOfSatisfying(
                        PublishOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("message id has 256 bytes"));
    }

    /** Reads a user id that the plugin writes as text, which AMQP 1.0 does not allow. */
    @Test
    void readsAUserIdOfA091Client() {
        admin.declareQueue(queueName);
        var sent = MessageProperties.builder().userId("guest").persistent(true).build();
        admin.publish(List.of(new BridgeMessage("", queueName, sent, Buffer.buffer("x"))));
        var inbox = Inbox.accepting();
        connected().subscribe(exchangeOfNothing(), persistent(), 10, inbox);

        assertThat(inbox.take().message().properties().userId()).isEqualTo("guest");
    }

    @Test
    void readsAStreamThatIsThereFromWhereItIsTold() {
        admin.declareQueue(queueName, Map.of("x-queue-type", "stream"));
        admin.publish("", queueName, "0", "1", "2");
        var client = connected();

        for (var from : Map.<Object, List<String>>of("first", List.of("0", "1", "2"), 1, List.of("1", "2"))
                .entrySet()) {
            var inbox = Inbox.accepting();
            var stream = new QueueConfig(
                    queueName, QueueLife.PERSISTENT, QueueType.STREAM, Map.of("x-stream-offset", from.getKey()));
            client.subscribe(exchangeOfNothing(), stream, 2, inbox);
            assertThat(inbox.takeTexts(from.getValue().size())).isEqualTo(from.getValue());
        }
        client.close();
    }
}
