package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sends messages to Broker-J by one protocol and takes them by the other: what the user guide says is lost there, and
 * no more.
 */
class BrokerJCrossingIT {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("crossing", "topic", true, Map.of());
    private static final Instant TIME = Instant.parse("2026-11-05T10:15:30Z");

    private static Vertx vertx;
    private static EmbeddedBroker broker;
    private static Client old;
    private static Client modern;
    private static Publisher oldPublisher;
    private static Publisher modernPublisher;
    private static Inbox oldInbox;
    private static Inbox modernInbox;

    @BeforeAll
    static void start(@TempDir Path store) {
        vertx = Vertx.vertx();
        broker = done(EmbeddedBroker.start(
                vertx, new EmbeddedConfig("127.0.0.1", 0, store.toString(), "guest", new Secret("guest"))));
        old = client("amqp");
        modern = client("amqp10");
        oldPublisher = old.publisher(EXCHANGE);
        modernPublisher = modern.publisher(EXCHANGE);
        oldInbox = inbox(old, "old");
        modernInbox = inbox(modern, "modern");
    }

    private static Client client(String scheme) {
        var loaded = (LoadedConfig.Valid)
                ConfigLoader.parse("broker: {uri: " + scheme + "://127.0.0.1:" + broker.port() + "/default}", "test");
        return new Client(vertx, loaded.config().broker(), scheme, UnaryOperator.identity()).connect();
    }

    private static Inbox inbox(Client client, String name) {
        var inbox = Inbox.accepting();
        client.subscribe(
                EXCHANGE, new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()), 10, inbox, name);
        return inbox;
    }

    @AfterAll
    static void stop() {
        old.close();
        modern.close();
        done(broker.stop());
        done(vertx.close());
    }

    private static BridgeMessage fromOld(MessageProperties properties, Buffer body) {
        assertThat(old.publish(oldPublisher, new BridgeMessage("crossing", "modern", properties, body), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        return modernInbox.take().message();
    }

    private static BridgeMessage fromModern(MessageProperties properties, Buffer body) {
        assertThat(modern.publish(modernPublisher, new BridgeMessage("crossing", "old", properties, body), true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        return oldInbox.take().message();
    }

    private static Map<String, Object> headers() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("string", "text");
        headers.put("boolean", true);
        headers.put("byte", (byte) -5);
        headers.put("short", (short) -300);
        headers.put("int", 70_000);
        headers.put("long", 1L << 40);
        headers.put("float", 1.5f);
        headers.put("double", Math.PI);
        headers.put("bytes", new byte[] {0, -1});
        headers.put("null", null);
        headers.put("x-own", "text");
        return headers;
    }

    private static MessageProperties properties(String contentType, String appId, Map<String, Object> headers) {
        return MessageProperties.builder()
                .messageId("id-1")
                .correlationId("corr-1")
                .replyTo("replies")
                .contentType(contentType)
                .timestamp(TIME)
                .priority(7)
                .type("a type")
                .userId("guest")
                .appId(appId)
                .persistent(true)
                .headers(headers)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"application/json", "text/plain", "application/octet-stream", "image/png", ","})
    void from091To10AllButTheAppIdArrives(String contentType) {
        var sent = properties(contentType, "an app", headers());

        var received = fromOld(sent, Buffer.buffer("{\"ü\":1}"));

        assertThat(received.exchange()).isEqualTo("crossing");
        assertThat(received.routingKey()).isEqualTo("modern");
        assertThat(received.body()).hasToString("{\"ü\":1}");
        assertThat(received.properties())
                .usingRecursiveComparison()
                .isEqualTo(properties(contentType, null, headers()));
    }

    @Test
    void from091To10PriorityAndTimestampAreAddedAndTimesInHeadersBecomeNumbers() {
        var sent = MessageProperties.builder()
                .messageId("id-1")
                .expiration("600000")
                .headers(Map.of("at", TIME))
                .build();
        var before = Instant.now().minusSeconds(1);

        var received = fromOld(sent, Buffer.buffer()).properties();

        assertThat(received.priority()).isZero();
        assertThat(received.timestamp()).isAfter(before);
        assertThat(received.headers()).isEqualTo(Map.of("at", TIME.getEpochSecond()));
        assertThat(received.persistent()).isFalse();
        assertThat(Long.parseLong(received.expiration())).isBetween(500_000L, 600_000L);
    }

    /** Shows that Broker-J decodes text and JSON as UTF-8: bytes that are no UTF-8 cannot be restored. */
    @Test
    void from091To10TextLosesItsCharset() {
        var sent = properties("text/plain; charset=iso-8859-1", null, Map.of());

        var received = fromOld(sent, Buffer.buffer("ü".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(received.body()).hasToString("\uFFFD");
        assertThat(received.properties().contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, text/plain",
        "text/html, text/plain",
        "application/octet-stream, application/octet-stream",
        "image/png, application/octet-stream",
        ", application/octet-stream",
    })
    void from10To091TheContentTypeIsMadeOneOfTwo(String contentType, String arrived) {
        var received = fromModern(properties(contentType, null, headers()), Buffer.buffer("{\"ü\":1}"));

        var headers = headers();
        headers.put("qpid.subject", "a type");
        assertThat(received.exchange()).isEqualTo("crossing");
        assertThat(received.routingKey()).isEqualTo("old");
        assertThat(received.body()).hasToString("{\"ü\":1}");
        assertThat(received.properties()).usingRecursiveComparison().isEqualTo(properties(arrived, null, headers));
    }

    @Test
    void from10To091TheAppIdBecomesAHeader() {
        var received = fromModern(properties("text/plain", "an app", Map.of()), Buffer.buffer("x"));

        assertThat(received.properties().appId()).isNull();
        assertThat(received.properties().headers()).containsEntry("JMSXGroupID", "an app");
    }

    @Test
    void from10To091ListsAndMapsAreLost() {
        var received = fromModern(properties("text/plain", null, Map.of("x-list", List.of(1))), Buffer.buffer("x"));

        assertThat(received.properties().headers()).containsOnlyKeys("qpid.subject");
    }
}
