package dev.busbar.broker;

import static dev.busbar.broker.Await.done;
import static dev.busbar.broker.Await.eventually;
import static dev.busbar.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.rabbit4.StandIn;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.Backoff;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerDialect;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.SaslMechanism;
import dev.busbar.config.Secret;
import dev.busbar.config.TlsConfig;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is said to a RabbitMQ 4 has the published form, and its answers are understood: shown with a {@link StandIn},
 * because none can be had here. Not run against a real one.
 */
@Timeout(60)
class RabbitMq4Test {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("ex", "topic", true, Map.of());
    private static final ExchangeConfig DEFAULT = new ExchangeConfig("", "direct", true, Map.of());
    private static final String DECLARE_EX =
            "PUT /exchanges/ex {arguments={}, auto_delete=false, durable=true, internal=false, type=topic}";

    private Vertx vertx;
    private StandIn broker;
    private Client client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        broker = new StandIn();
        client = client("").connect();
    }

    @AfterEach
    void stop() {
        client.close();
        broker.close();
        done(vertx.close());
    }

    private Client client(String virtualHost) {
        var config = new BrokerConfig(
                List.of(BrokerUri.parse("amqp10://guest:guest@127.0.0.1:" + broker.port() + virtualHost)),
                BrokerDialect.AUTO,
                new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest")),
                new TlsConfig(null, null, null, true),
                SaslMechanism.PLAIN,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
                1 << 20);
        return new Client(vertx, config, "test", UnaryOperator.identity());
    }

    private static QueueConfig queue(String name, QueueLife life, QueueType type, Map<String, Object> arguments) {
        return new QueueConfig(name, life, type, arguments);
    }

    private static QueueConfig persistent(String name) {
        return queue(name, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of());
    }

    private static QueueConfig fleeting() {
        return queue(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of());
    }

    private static BridgeMessage message(String exchange, String key, String body) {
        var properties = new MessageProperties(
                "id", null, "a queue", null, null, null, null, null, "type", null, null, true, Map.of("h", "v"));
        return new BridgeMessage(exchange, key, properties, Buffer.buffer(body));
    }

    @Test
    void namesTheVirtualHostInTheOpenFrame() {
        var other = client("/a%2Fb").connect();
        other.close();

        // The first is the address, for the default virtual host; a broker not yet known is asked twice.
        assertThat(broker.hostnames()).containsExactly("127.0.0.1", "a/b", "vhost:a/b");
    }

    @Test
    void declaresByHttpOverAmqpOnALinkPair() {
        client.subscribe(EXCHANGE, persistent("a queue/ä+"), 10, Inbox.accepting(), "a.#", "b");

        assertThat(broker.requests())
                .containsExactly(
                        DECLARE_EX,
                        "PUT /queues/a%20queue%2F%C3%A4%2B {arguments={x-queue-type=classic}, auto_delete=false, durable=true,"
                                + " exclusive=false}",
                        "POST /bindings {arguments={}, binding_key=a.#, destination_queue=a queue/ä+, source=ex}",
                        "POST /bindings {arguments={}, binding_key=b, destination_queue=a queue/ä+, source=ex}");
        assertThat(broker.violations()).isEmpty();
    }

    @Test
    void boundsAQueueAsRabbitMqDoes() {
        var bounds = new QueueBounds(3, 1000, Duration.ofSeconds(5));

        assertThat(client.on(() -> client.connection.arguments(bounds)))
                .containsOnly(
                        entry("x-max-length", 3),
                        entry("x-max-length-bytes", 1000L),
                        entry("x-message-ttl", 5000L),
                        entry("x-expires", 5000L));
    }

    @Test
    void filtersComeAndGoWhileTheQueueIsConsumed() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(EXCHANGE, persistent("a queue/ä"), 10, inbox, "end");

        done(subscription.bind(TopicFilter.parse("a.*.c")));
        client.publish(client.publisher(EXCHANGE), message("ex", "a.b.c", "bound"), true);
        assertThat(inbox.takeText()).isEqualTo("bound");
        done(subscription.unbind(TopicFilter.parse("a.*.c")));
        done(subscription.unbind(TopicFilter.parse("never.bound")));

        assertThat(client.publish(client.publisher(EXCHANGE), message("ex", "a.b.c", "x"), true))
                .isInstanceOf(PublishOutcome.Unroutable.class);
        assertThat(broker.requests())
                .contains(
                        "POST /bindings {arguments={}, binding_key=a.*.c, destination_queue=a queue/ä, source=ex}",
                        "DELETE /bindings/src=ex;dstq=a%20queue%2F%C3%A4;key=a.%2A.c;args= null");
        assertThat(broker.violations()).isEmpty();
    }

    @Test
    void aTransientQueueIsExclusiveAndNamedHere() {
        var subscription = client.subscribe(EXCHANGE, fleeting(), 10, Inbox.accepting());

        assertThat(subscription.queue()).matches("busbar-[0-9a-f-]{36}");
        assertThat(broker.requests())
                .contains("PUT /queues/" + subscription.queue()
                        + " {arguments={x-queue-type=classic}, auto_delete=true, durable=false, exclusive=true}");
    }

    @Test
    void replicatedQueuesAndStreamsAreAskedForByArgument() {
        client.subscribe(
                EXCHANGE,
                queue("q", QueueLife.PERSISTENT, QueueType.QUORUM, Map.of("x-delivery-limit", 5)),
                10,
                Inbox.accepting());
        client.subscribe(
                EXCHANGE,
                queue("s", QueueLife.PERSISTENT, QueueType.STREAM, Map.of("x-stream-offset", "first")),
                10,
                Inbox.accepting());

        assertThat(broker.requests())
                .contains(
                        "PUT /queues/q {arguments={x-delivery-limit=5, x-queue-type=quorum}, auto_delete=false,"
                                + " durable=true, exclusive=false}",
                        "PUT /queues/s {arguments={x-queue-type=stream}, auto_delete=false, durable=true,"
                                + " exclusive=false}");
        var source = broker.with(() ->
                (Source) broker.nodes().queues().get("s").consumers().get(0).getRemoteSource());
        assertThat(source.getAddress()).isEqualTo("/queues/s");
        var name = Symbol.valueOf("rabbitmq:stream-offset-spec");
        assertThat(source.getFilter().get(name)).isInstanceOfSatisfying(DescribedType.class, filter -> {
            assertThat(filter.getDescriptor()).isEqualTo(name);
            assertThat(filter.getDescribed()).isEqualTo("first");
        });
    }

    @Test
    void whatIsSentToAnExchangeArrivesWithItsKeyAndItsReplyTo() {
        var inbox = Inbox.accepting();
        client.subscribe(EXCHANGE, fleeting(), 10, inbox, "a.#");
        var publisher = client.publisher(EXCHANGE);

        var outcome = client.publish(publisher, message("ex", "a.b/ü %", "x"), true);

        assertThat(outcome).isInstanceOf(PublishOutcome.Confirmed.class);
        var arrived = inbox.take().message();
        assertThat(arrived).isEqualTo(message("ex", "a.b/ü %", "x"));
    }

    @Test
    void whatIsSentToTheDefaultExchangeGoesToTheQueue() {
        var inbox = Inbox.accepting();
        client.subscribe(DEFAULT, persistent("to/me"), 10, inbox);

        assertThat(client.publish(client.publisher(DEFAULT), message("", "to/me", "x"), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.take().message()).isEqualTo(message("", "to/me", "x"));
        assertThat(client.publish(client.publisher(DEFAULT), message("", "to/nobody", "x"), true))
                .isInstanceOf(PublishOutcome.Unroutable.class);
    }

    @Test
    void releasedIsUnroutableAndRejectedIsRefused() {
        var publisher = client.publisher(EXCHANGE);
        client.subscribe(
                EXCHANGE,
                queue("full", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of("x-overflow", "reject-publish")),
                10,
                Inbox.accepting(),
                "full");

        assertThat(client.publish(publisher, message("ex", "nobody", "x"), true))
                .isInstanceOf(PublishOutcome.Unroutable.class);
        assertThat(client.publish(publisher, message("ex", "nobody", "x"), false))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(client.publish(publisher, message("ex", "full", "x"), false))
                .isInstanceOf(PublishOutcome.Refused.class);
    }

    @Test
    void anExchangeDeletedUnderAPublisherIsDeclaredAgain() {
        var publisher = client.publisher(EXCHANGE);
        broker.with(() -> broker.nodes().exchanges().remove("ex"));

        var published = client.publishAll(publisher, IntStream.range(0, 3).mapToObj(i -> message("ex", "k", "" + i)));

        done(published);
        assertThat(broker.requests()).containsExactly(DECLARE_EX, DECLARE_EX);
    }

    @Test
    void requeuedIsModifiedAndRejectedIsRejected() {
        var inbox = Inbox.keeping();
        client.subscribe(DEFAULT, persistent("q"), 10, inbox);
        client.publish(client.publisher(DEFAULT), message("", "q", "a"));
        client.publish(client.publisher(DEFAULT), message("", "q", "b"));

        inbox.take().settle(Settlement.REQUEUED);
        inbox.take().settle(Settlement.REJECTED);

        eventually(() -> assertThat(broker.with(
                        () -> List.copyOf(broker.nodes().queues().get("q").outcomes())))
                .satisfiesExactly(
                        requeued -> assertThat(((Modified) requeued).getDeliveryFailed())
                                .isTrue(),
                        rejected -> assertThat(rejected).isInstanceOf(Rejected.class)));
    }

    @Test
    void otherPropertiesAreAMismatch() {
        client.publisher(EXCHANGE);
        var fanout = new ExchangeConfig("ex", "fanout", true, Map.of());

        var failure = failure(client.later(
                () -> client.connection.publisher(new PublisherSpec("test", List.of(Topology.of(fanout))))));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure)
                .hasMessageContaining("409")
                .hasMessageContaining("'ex'")
                .hasMessageContaining("fanout");
    }

    @Test
    void aBindingToWhatIsMissingIsNotFound() {
        var failure = failure(client.later(
                () -> client.connection.subscribe(Client.spec(DEFAULT, persistent("q"), 10, "a"), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no exchange ''");
    }

    @Test
    void aQueueIsDeletedOnlyIfNobodyConsumesIt() {
        var subscription = client.subscribe(DEFAULT, persistent("q"), 10, Inbox.accepting());
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused("q"))).isFalse();

        client.on(subscription::close);
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused("q"))).isTrue();
        assertThat(client.on(() -> client.connection.deleteQueueIfUnused("q"))).isTrue();

        assertThat(broker.requests())
                .endsWith("GET /queues/q null", "GET /queues/q null", "DELETE /queues/q null", "GET /queues/q null");
    }

    @Test
    void anExchangeIsNeverDeletedBecauseNobodyKnowsWhatIsBoundToIt() {
        client.publisher(EXCHANGE);

        assertThat(client.on(() -> client.connection.deleteExchangeIfUnused("ex")))
                .isFalse();

        assertThat(broker.requests()).containsExactly(DECLARE_EX);
    }

    @Test
    void aThousandRequestsAtOnceStayWithinTheCredit() {
        var answers = client.on(() -> io.vertx.core.Future.all(IntStream.range(0, 1_000)
                .mapToObj(i -> client.connection.deleteQueueIfUnused("none-" + i))
                .toList()));

        assertThat(answers.<Boolean>list()).hasSize(1_000).containsOnly(true);
        assertThat(broker.violations()).isEmpty();
    }

    @Test
    void asksHowMuchIsInAQueue() {
        var publisher = client.publisher(EXCHANGE);
        client.subscribe(EXCHANGE, persistent("idle/ä"), 1, Inbox.keeping(), "a");
        client.publish(publisher, message("ex", "a", "in hand"), true);
        client.publish(publisher, message("ex", "a", "waits"), true);

        assertThat(client.on(() -> client.connection.depth("idle/ä"))).isEqualTo(new QueueDepth(1, 1));
        assertThat(broker.requests()).endsWith("GET /queues/idle%2F%C3%A4 null");
        assertThat(failure(client.later(() -> client.connection.depth("none"))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }
}
