package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests what RabbitMQ 4 refuses over AMQP 1.0 by ending a session or a connection: the failure reaches whom it
 * concerns, and nobody else.
 */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
class RabbitMq10RefusalsIT extends BrokerContract {

    /** The largest message that the broker takes, in bytes, its sections included. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static RabbitNode node;

    RabbitMq10RefusalsIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(RabbitNode shared) {
        node = shared;
        node.ctl("add_user", "limited", "secret");
        node.ctl("set_permissions", "limited", "^(?!forbidden).*", ".*", ".*");
        node.ctl("add_user", "homeless", "secret");
    }

    private Client as(String user) {
        return client(config(BrokerUri.parse(node.amqp10Uri(user, "secret", "/"))));
    }

    @Test
    void aMissingPermissionFailsWhoAsksForItAndNobodyElse() {
        var client = as("limited").connect();
        var names = IntStream.range(0, 20).mapToObj(i -> (i == 7 ? "forbidden-" : i + "-") + queueName);

        var subscriptions = client.on(() -> Future.succeededFuture(names.map(name -> client.connection.subscribe(
                        Client.spec(exchange, queue(name, QueueLife.TRANSIENT), 1, "#"), Inbox.accepting()))
                .toList()));

        var refused = failure(subscriptions.get(7));
        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(refused).hasMessageContaining("forbidden-" + queueName);
        for (var i = 0; i < subscriptions.size(); i++) {
            if (i != 7) {
                assertThat(done(subscriptions.get(i)).queue()).isEqualTo(i + "-" + queueName);
            }
        }
    }

    @Test
    void aUserWithoutAVirtualHostIsToldWhereToLook() {
        var client = as("homeless");
        client.later(client.connection::connect);

        Await.eventually(() -> assertThat(client.get(client.connection::state))
                .isInstanceOfSatisfying(
                        ConnectionState.Waiting.class,
                        waiting -> assertThat(waiting.cause())
                                .hasMessageContaining("may the user not use virtual host '/'")
                                .hasMessageContaining("homeless")));
    }

    /**
     * Uses a user of one virtual host. The broker hangs up on such a user if it is asked without a virtual host who the
     * user is.
     */
    @Test
    void aUserWhoMayUseOneVirtualHostAloneUsesIt() {
        node.ctl("add_vhost", "only");
        node.ctl("add_user", "confined", "secret");
        node.ctl("set_permissions", "--vhost", "only", "confined", ".*", ".*", ".*");
        var client = client(config(BrokerUri.parse(node.amqp10Uri("confined", "secret", "only"))))
                .connect();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        client.publish(client.publisher(exchange), message("k", "x"), true);

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void aMessageThatIsTooLargeDisturbsNoOther() {
        var client = connected();
        var publisher = client.publisher(exchange);
        var turned = new AtomicInteger();
        client.run(() -> publisher.onReady(turned::incrementAndGet));

        var before = client.publishLater(publisher, message("k", "before"), false);
        var tooLarge = client.publishLater(
                publisher, message("k", Buffer.buffer(new byte[MAX_MESSAGE_BYTES]), Map.of()), false);
        var after = client.publishLater(publisher, message("k", "after"), false);

        assertThat(done(tooLarge))
                .isInstanceOfSatisfying(
                        PublishOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("the broker takes " + MAX_MESSAGE_BYTES));
        assertThat(done(before)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(done(after)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(turned).hasValue(0);
    }

    @Test
    void anExchangeThatIsOtherwiseIsNamedWithWhatIsWanted() {
        var client = connected();
        client.publisher(exchange);
        var fanout = new ExchangeConfig(exchangeName, "fanout", true, Map.of());

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(fanout))))));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining("409")
                .hasMessageContaining("wanted: exchange '" + exchangeName + "' with")
                .hasMessageContaining("fanout");
    }

    @Test
    void aBindingThatIsNotPermittedIsNamed() {
        var none = new ExchangeConfig("", "direct", true, Map.of());
        var client = connected();

        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(none, persistent(), 10, "a"), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure).hasMessageContaining("binding queue '" + queueName + "'");
    }
}
