package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import dev.busbar.config.ConfigLoader;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message that crosses the event bus on its way from the broker to the broker keeps what it carries. */
abstract class RoundTripScenarios extends RouteScenario {

    private static final JsonObject IN =
            json("{'name': 'in', 'from': {'filter': 'in.*'}, 'to': {'address': 'through'}}");
    private static final JsonObject OUT =
            json("{'name': 'out', 'from': {'address': 'leave'}, 'to': {'key': 'out.{amqp-type}'}}");

    private void forward() {
        get(vertx.eventBus()
                .localConsumer(
                        "through",
                        message -> vertx.eventBus()
                                .send("leave", message.body(), new DeliveryOptions().setHeaders(message.headers())))
                .completion());
    }

    private static Map<String, Object> everyType() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("string", "grüße, \"quoted\" = 1; 2");
        headers.put("boolean", true);
        headers.put("byte", (byte) -7);
        headers.put("short", (short) 300);
        headers.put("int", 70_000);
        headers.put("long", 1L << 40);
        headers.put("float", 1.5f);
        headers.put("double", Math.PI);
        headers.put("decimal", new BigDecimal("12.50"));
        headers.put("timestamp", Date.from(Instant.parse("2014-03-01T12:00:00Z")));
        headers.put("bytes", new byte[] {0, 1, -1});
        headers.put("null", null);
        headers.put("list", List.of("a", 1, List.of(true)));
        headers.put("map", Map.of("n", 5L, "inner", Map.of("at", Date.from(Instant.EPOCH))));
        headers.put("Case-Kept", "yes");
        headers.put("empty", "");
        return headers;
    }

    @Test
    void every_property_and_header_type() throws Exception {
        forward();
        deploy(IN, OUT);
        var queue = bound("out.#");
        var at = Date.from(Instant.parse("2014-03-01T12:00:00Z"));
        publish(
                "in.1",
                new AMQP.BasicProperties.Builder()
                        .messageId("m-1")
                        .correlationId("c-1")
                        .replyTo("answers")
                        .contentType("application/json")
                        .contentEncoding("utf-8")
                        .timestamp(at)
                        .priority(7)
                        .type("kind")
                        .userId("guest")
                        .appId("master")
                        .deliveryMode(1)
                        .headers(everyType())
                        .build(),
                "{\"a\":[1,2.5,null,\"x\"]}");

        var message = take(queue);
        var properties = message.getProps();
        assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("out.kind");
        assertThat(text(message)).isEqualTo("{\"a\":[1,2.5,null,\"x\"]}");
        assertThat(properties.getMessageId()).isEqualTo("m-1");
        assertThat(properties.getCorrelationId()).isEqualTo("c-1");
        assertThat(properties.getReplyTo()).isEqualTo("answers");
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getContentEncoding()).isEqualTo("utf-8");
        assertThat(properties.getTimestamp()).isEqualTo(at);
        assertThat(properties.getPriority()).isEqualTo(7);
        assertThat(properties.getType()).isEqualTo("kind");
        assertThat(properties.getUserId()).isEqualTo("guest");
        assertThat(properties.getAppId()).isEqualTo("master");
        assertThat(properties.getDeliveryMode()).isEqualTo(1);
        assertThat(headers(message)).usingRecursiveComparison().isEqualTo(everyType());
    }

    /** As they were written: the library's long strings as strings. */
    private static Map<String, Object> headers(GetResponse message) {
        var plain = new LinkedHashMap<String, Object>();
        message.getProps().getHeaders().forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof LongString text) {
            return text.toString();
        } else if (value instanceof List<?> list) {
            var items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item)));
            return items;
        } else if (value instanceof Map<?, ?> map) {
            var items = new LinkedHashMap<>();
            map.forEach((key, item) -> items.put(key, plain(item)));
            return items;
        }
        return value;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso   | {\"at\":\"2014-03-01T12:00:00Z\"}",
                "epoch | {\"at\":1393675200}",
                "kombu | {\"at\":{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00+00:00\"}}"
            })
    void dates_in_every_dialect(String dialect, String written) throws Exception {
        forward();
        get(vertx.deployVerticle(
                new BridgeVerticle(ConfigLoader.fromJson(config(IN, OUT).put("datetimes", dialect)))));
        var queue = bound("out.#");
        publish(
                "in.1",
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .type("t")
                        .build(),
                "{\"at\":{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00\"}}");
        assertThat(text(take(queue))).isEqualTo(written);
    }

    @Test
    void bodies_of_every_kind() throws Exception {
        forward();
        deploy(IN, OUT);
        var queue = bound("out.#");
        var bodies = new JsonArray()
                .add("text/plain")
                .add("gr\u00fc\u00dfe")
                .add("application/json")
                .add("[1,2]")
                .add("application/json")
                .add("null")
                .add("application/json")
                .add("\"a string\"")
                .add("application/octet-stream")
                .add("\u0000\u0001");
        for (var i = 0; i < bodies.size(); i += 2) {
            publish(
                    "in.1",
                    new AMQP.BasicProperties.Builder()
                            .contentType(bodies.getString(i))
                            .type("t")
                            .build(),
                    bodies.getString(i + 1));
            var message = take(queue);
            assertThat(message.getProps().getContentType()).isEqualTo(bodies.getString(i));
            assertThat(text(message)).isEqualTo(bodies.getString(i + 1));
        }
    }
}
