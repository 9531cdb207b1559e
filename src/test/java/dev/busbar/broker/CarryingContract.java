package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that properties and headers arrive as they were sent, types included. */
public abstract class CarryingContract extends BrokerContract {

    protected CarryingContract(BrokerUnderTest broker) {
        super(broker);
    }

    private MessageProperties carried(MessageProperties properties) {
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");
        var message = new BridgeMessage(exchangeName, "k", properties, Buffer.buffer("x"));
        assertThat(client.publish(client.publisher(exchange), message, true))
                .isInstanceOf(PublishOutcome.Confirmed.class);
        return inbox.take().message().properties();
    }

    private static MessageProperties with(Map<String, Object> headers) {
        return MessageProperties.builder().messageId("id").headers(headers).build();
    }

    @Test
    void everyProperty() {
        var all = MessageProperties.builder()
                .messageId("message-1")
                .correlationId("correlation-1")
                .replyTo("replies")
                .contentType("application/json")
                .contentEncoding("utf-8")
                .timestamp(Instant.parse("2026-11-05T10:15:30Z"))
                .priority(7)
                .type("a type")
                .userId(broker.uri().user())
                .appId("an app")
                .persistent(true)
                .headers(Map.of("x", "y"))
                .build();

        assertThat(carried(all)).isEqualTo(all);
    }

    @Test
    void aTimeToLive() {
        var carried = carried(MessageProperties.builder()
                .expiration("600000")
                .persistent(true)
                .build());

        // A broker may report how much of the time to live is left.
        assertThat(Long.parseLong(carried.expiration())).isBetween(590_000L, 600_000L);
    }

    @Test
    void noProperty() {
        var none = MessageProperties.builder().build();

        assertThat(carried(none)).isEqualTo(none);
    }

    static Stream<Object> values() {
        return Stream.of(
                "text with umlauts: äöü €",
                "",
                true,
                false,
                (byte) -5,
                (short) -300,
                70_000,
                -1,
                Long.MAX_VALUE,
                5L,
                1.5f,
                Math.PI,
                new BigDecimal("12.34"),
                new BigDecimal("-0.001"),
                Instant.parse("2026-11-05T10:15:30Z"),
                Instant.parse("1969-12-31T23:59:59Z"),
                new byte[] {0, -1, 127},
                Map.of("inner", Map.of("deep", 1L)),
                Map.of(),
                List.of("a", 1, 2L, List.of(true), Map.of("k", "v")),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("values")
    void aHeaderOfEveryType(Object value) {
        var arrived = carried(with(Map.of("x-header", value))).headers().get("x-header");

        assertThat(same(value, arrived)).as("%s arrives as %s", value, arrived).isTrue();
    }

    @Test
    void nullHeadersAlsoInsideListsAndMaps() {
        var headers = new HashMap<String, Object>();
        headers.put("x-null", null);
        headers.put("x-list", Arrays.asList("a", null));
        headers.put("x-map", new HashMap<>(java.util.Collections.singletonMap("k", null)));

        assertThat(carried(with(headers)).headers()).isEqualTo(headers);
    }

    private static boolean same(Object sent, Object arrived) {
        if (sent instanceof byte[] bytes) {
            return arrived instanceof byte[] others && Arrays.equals(bytes, others);
        }
        if (sent instanceof Map || sent instanceof List) {
            return sent.equals(arrived);
        }
        return arrived != null && sent.getClass() == arrived.getClass() && sent.equals(arrived);
    }

    static Stream<Object> noNumbers() {
        return Stream.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                List.of("a", List.of(Double.NaN)),
                Map.of("a", Map.of("b", Double.POSITIVE_INFINITY)));
    }

    /**
     * Publishes each of the headers over which RabbitMQ ends the connection over AMQP 0-9-1, and which other brokers
     * take.
     */
    @ParameterizedTest
    @MethodSource("noNumbers")
    void aNumberThatIsNoneIsCarriedOrRefusedAndDisturbsNothing(Object header) {
        assumeTrue(header instanceof Number || !broker.uri().isAmqp10(), "over 1.0 nothing is refused for it");
        var client = connected();
        var publisher = client.publisher(exchange);
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "#");

        var outcome = client.publish(publisher, message("k", Buffer.buffer("no"), Map.of("x-h", header)));
        var after = client.publish(publisher, message("k", "after"));

        assertThat(after).isEqualTo(PublishOutcome.Confirmed.INSTANCE);
        if (outcome instanceof PublishOutcome.Refused refused) {
            assertThat(refused.unwritable()).as(refused.reason()).isTrue();
        } else {
            assertThat(outcome).isEqualTo(PublishOutcome.Confirmed.INSTANCE);
            assertThat(inbox.take().message().properties().headers()).containsEntry("x-h", header);
        }
        assertThat(inbox.takeText()).isEqualTo("after");
    }
}
