package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message that crosses the event bus on its way from the broker to the broker keeps what it carries. */
abstract class RoundTripContract extends RouteFixture {

    private static final JsonObject IN =
            json("{'name': 'in', 'from': {'filter': 'in.*'}, 'to': {'address': 'through'}}");
    private static final JsonObject OUT =
            json("{'name': 'out', 'from': {'address': 'leave'}, 'to': {'key': 'out.{amqp-type}'}}");

    RoundTripContract(BrokerUnderTest broker) {
        super(broker);
    }

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
        headers.put("timestamp", Instant.parse("2014-03-01T12:00:00Z"));
        headers.put("bytes", new byte[] {0, 1, -1});
        headers.put("null", null);
        headers.put("x-list", List.of("a", 1, List.of(true)));
        headers.put("x-map", Map.of("n", 5L, "inner", Map.of("at", Instant.EPOCH)));
        headers.put("Case-Kept", "yes");
        headers.put("empty", "");
        return headers;
    }

    @Test
    void everyPropertyAndHeaderType() throws Exception {
        forward();
        deploy(IN, OUT);
        var queue = bound("out.#");
        var at = Instant.parse("2014-03-01T12:00:00Z");
        publish(
                "in.1",
                MessageProperties.builder()
                        .contentType("application/json")
                        .messageId("m-1")
                        .correlationId("c-1")
                        .replyTo("answers")
                        .contentEncoding("utf-8")
                        .timestamp(at)
                        .priority(7)
                        .type("kind")
                        .userId("guest")
                        .appId("master")
                        .headers(everyType()),
                "{\"a\":[1,2.5,null,\"x\"]}");

        var message = take(queue);
        var properties = message.properties();
        assertThat(message.key()).isEqualTo("out.kind");
        assertThat(message.text()).isEqualTo("{\"a\":[1,2.5,null,\"x\"]}");
        assertThat(properties.messageId()).isEqualTo("m-1");
        assertThat(properties.correlationId()).isEqualTo("c-1");
        assertThat(properties.replyTo()).isEqualTo("answers");
        assertThat(properties.contentType()).isEqualTo("application/json");
        assertThat(properties.contentEncoding()).isEqualTo("utf-8");
        assertThat(properties.timestamp()).isEqualTo(at);
        assertThat(properties.priority()).isEqualTo(7);
        assertThat(properties.type()).isEqualTo("kind");
        assertThat(properties.userId()).isEqualTo("guest");
        assertThat(properties.appId()).isEqualTo("master");
        assertThat(properties.persistent()).isEqualTo(broker.takesForDurableWhatIsNotSaid());
        assertThat(properties.headers()).usingRecursiveComparison().isEqualTo(everyType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso   | {\"at\":\"2014-03-01T12:00:00Z\"}",
                "epoch | {\"at\":1393675200}",
                "kombu | {\"at\":{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00+00:00\"}}"
            })
    void datesInEveryDialect(String dialect, String written) throws Exception {
        forward();
        get(vertx.deployVerticle(new BridgeVerticle(
                ConfigLoader.fromJson(declared(config(IN, OUT).put("datetimes", dialect))))));
        var queue = bound("out.#");
        publish(
                "in.1",
                MessageProperties.builder().contentType("application/json").type("t"),
                "{\"at\":{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00\"}}");
        assertThat(take(queue).text()).isEqualTo(written);
    }

    @Test
    void bodiesOfEveryKind() throws Exception {
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
                    MessageProperties.builder().contentType(bodies.getString(i)).type("t"),
                    bodies.getString(i + 1));
            var message = take(queue);
            assertThat(message.properties().contentType()).isEqualTo(bodies.getString(i));
            assertThat(message.text()).isEqualTo(bodies.getString(i + 1));
        }
    }
}
