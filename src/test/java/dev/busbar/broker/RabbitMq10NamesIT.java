package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq10;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that queues and exchanges of RabbitMQ 4 may have any name over AMQP 1.0, and be asked for by the thousand. */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
class RabbitMq10NamesIT extends BrokerContract {

    private static RabbitNode node;

    RabbitMq10NamesIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(RabbitNode shared) {
        node = shared;
    }

    private BridgeMessage to(String exchange, String key, String text) {
        return new BridgeMessage(exchange, key, message("", "").properties(), Buffer.buffer(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b+c", "x%y?z#", "*;=&~", "käse", "a%2Fb"})
    void everyNameIsDeclaredBoundAndAddressed(String name) {
        var odd = new ExchangeConfig(name + exchangeName, "topic", true, Map.of());
        var queue = queue(name + queueName, QueueLife.PERSISTENT);
        var key = "first." + name.replaceAll("[^!-~]|[*#.]", "-");
        var client = connected();
        var inbox = Inbox.accepting();
        var publisher = client.publisher(odd);
        var subscription = client.subscribe(odd, queue, 10, inbox, key);

        client.publish(publisher, to(odd.name(), key, "x"), true);

        var message = inbox.take().message();
        assertThat(message.exchange()).isEqualTo(odd.name());
        assertThat(message.routingKey()).isEqualTo(key);
        assertThat(client.on(() -> client.connection.depth(queue.name())).consumers())
                .isEqualTo(1);
        done(subscription.unbind(TopicFilter.parse(key)));
        assertThat(client.publish(publisher, to(odd.name(), key, "x"), true))
                .isInstanceOf(PublishOutcome.Unroutable.class);
        assertThat(client.publish(publisher, to("", queue.name(), "y"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.takeText()).isEqualTo("y");

        client.on(subscription::close);
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused(queue.name())))
                .isTrue();
        assertThat(admin.queueExists(queue.name())).isFalse();
        admin.deleteExchange(odd.name());
    }

    @Test
    void theVirtualHostIsTheOneOfTheUri() {
        node.addVirtualHost("other/one");
        var client = client(config(BrokerUri.parse(node.amqp10Uri("guest", "guest", "other/one"))))
                .connect();

        client.publisher(exchange);

        assertThat(node.ctl("list_exchanges", "--vhost", "other/one", "name").lines())
                .contains(exchangeName);
        assertThat(admin.exchangeExists(exchangeName)).isFalse();
    }

    @Test
    void whatABindingLacksIsNotFound() {
        var missing = new ExchangeConfig("amq.missing", "topic", true, Map.of());
        var client = connected();

        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(missing, persistent(), 10, "a"), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no exchange 'amq.missing'");
    }

    @Test
    void aStreamIsReadFromWhereItIsAskedFor() {
        var stream = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.STREAM, Map.of("x-stream-offset", 2L));
        var client = connected();
        var first = client.subscribe(exchange, stream, 10, Inbox.keeping(), "#");
        admin.publish(exchangeName, "k", "0", "1", "2", "3");
        eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(4));
        client.on(first::close);
        var inbox = Inbox.accepting();

        client.subscribe(exchange, stream, 10, inbox, "#");

        assertThat(inbox.takeTexts(2)).containsExactly("2", "3");
    }

    @Test
    void aThousandRequestsAtOnceAreAllAnswered() {
        var client = connected();

        var answers = client.on(() -> Future.all(IntStream.range(0, 1_000)
                .mapToObj(i -> client.connection.deleteQueueIfUnused("none-" + i))
                .toList()));

        assertThat(answers.<Boolean>list()).hasSize(1_000).containsOnly(true);
    }
}
