package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sends messages to RabbitMQ 4 by one protocol and takes them by the other: what the user guide says is lost, and no
 * more.
 */
@ExtendWith(RabbitExtension.class)
class RabbitMqCrossingIT extends BrokerContract {

    private static final Instant TIME = Instant.parse("2026-11-05T10:15:30Z");

    private static RabbitNode node;

    RabbitMqCrossingIT() {
        super(new RabbitMq(node));
    }

    @BeforeAll
    static void take(RabbitNode shared) {
        assumeTrue(shared.release() != RabbitRelease.V3, "RabbitMQ 3 has a plugin, see RabbitMq10MessagesIT");
        node = shared;
    }

    /** Publishes over one protocol and consumes over the other. */
    private BridgeMessage cross(String from, String to, MessageProperties properties, Buffer body) {
        var publishing = client(config(uri(from))).connect();
        var consuming = client(config(uri(to))).connect();
        var inbox = Inbox.accepting();
        consuming.subscribe(exchange, persistent(), 10, inbox, "k");
        var sent = new BridgeMessage(exchangeName, "k", properties, body);
        assertThat(publishing.publish(publishing.publisher(exchange), sent, true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        return inbox.take().message();
    }

    private static BrokerUri uri(String scheme) {
        return BrokerUri.parse(scheme.equals("amqp") ? node.amqpUri() : node.amqp10Uri());
    }

    private static MessageProperties properties(Map<String, Object> headers) {
        return MessageProperties.builder()
                .messageId("id-1")
                .correlationId("corr-1")
                .replyTo("replies")
                .contentType("application/json")
                .timestamp(TIME)
                .priority(7)
                .expiration("600000")
                .type("a type")
                .userId("guest")
                .appId("an app")
                .persistent(true)
                .headers(headers)
                .build();
    }

    private static Map<String, Object> scalars() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("string", "text");
        headers.put("long-string", "x".repeat(300));
        headers.put("boolean", true);
        headers.put("int", 70_000);
        headers.put("long", 1L << 40);
        headers.put("double", Math.PI);
        headers.put("bytes", new byte[] {0, -1});
        headers.put("null", null);
        headers.put("time", TIME);
        return headers;
    }

    private static void assertKept(MessageProperties received) {
        assertThat(received.messageId()).isEqualTo("id-1");
        assertThat(received.correlationId()).isEqualTo("corr-1");
        assertThat(received.replyTo()).isEqualTo("replies");
        assertThat(received.contentType()).isEqualTo("application/json");
        assertThat(received.timestamp()).isEqualTo(TIME);
        assertThat(received.priority()).isEqualTo(7);
        assertThat(Long.parseLong(received.expiration())).isBetween(1L, 600_000L);
        assertThat(received.type()).isEqualTo("a type");
        assertThat(received.userId()).isEqualTo("guest");
        assertThat(received.appId()).isEqualTo("an app");
        assertThat(received.persistent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"amqp, amqp10", "amqp10, amqp"})
    void everyPropertyAndEveryPlainHeaderArrives(String from, String to) {
        var received = cross(from, to, properties(scalars()), Buffer.buffer("{\"ü\":1}"));

        assertThat(received.body()).hasToString("{\"ü\":1}");
        assertThat(received.exchange()).isEqualTo(exchangeName);
        assertThat(received.routingKey()).isEqualTo("k");
        assertKept(received.properties());
        assertThat(received.properties().headers()).usingRecursiveComparison().isEqualTo(scalars());
    }

    @Test
    void from091To10MapsAndListsArriveUnderNamesThatBeginWithX() {
        Map<String, Object> headers = Map.of("x-list", List.of("a", 1), "x-map", Map.of("a", 1), "list", List.of(1));

        var received = cross("amqp", "amqp10", properties(headers), Buffer.buffer("{}"));

        assertThat(received.properties().headers())
                .isEqualTo(Map.of("x-list", List.of("a", 1), "x-map", Map.of("a", 1)));
    }

    @Test
    void from10To091MapsAndListsArriveUnderNamesThatBeginWithX() {
        Map<String, Object> headers = Map.of("x-list", List.of("a", 1), "x-map", Map.of("a", 1));

        var received = cross("amqp10", "amqp", properties(headers), Buffer.buffer("{}"));

        assertThat(received.properties().headers()).isEqualTo(headers);
    }
}
