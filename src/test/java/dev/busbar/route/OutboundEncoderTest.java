package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.DatetimeStyle;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.HeaderValue;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.OutboundRouteBuilder;
import dev.busbar.config.PropertiesConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboundEncoderTest {

    private static final JsonObject BODY = new JsonObject().put("id", 17).put("branch", "main");

    @Test
    void takesTheKeyFromTheBody() {
        var message = encode("changes.{id}.{branch}", Map.of(), BODY);

        assertThat(message.routingKey()).isEqualTo("changes.17.main");
        assertThat(message.exchange()).isEqualTo("busbar");
        assertThat(new JsonObject(message.body())).isEqualTo(BODY);
    }

    @Test
    void aHeaderGoesBeforeAFieldOfTheBody() {
        assertThat(encode("changes.{id}", Map.of("id", "4"), BODY).routingKey()).isEqualTo("changes.4");
        assertThat(encode("changes.{id}", Map.of("id", "4"), "no object").routingKey())
                .isEqualTo("changes.4");
    }

    @Test
    void takesTheWholeKeyFromItsHeaderDotsIncluded() {
        var message = encode("{amqp-routing-key}", Map.of("amqp-routing-key", "builds.17.finished"), BODY);

        assertThat(message.routingKey()).isEqualTo("builds.17.finished");
        assertThat(message.properties().headers()).isEmpty();
    }

    @Test
    void withinALongerKeyTheSameHeaderIsOneWordLikeAnyOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("x.{amqp-routing-key}", Map.of("amqp-routing-key", "a.b"), BODY))
                .withMessageContainingAll("x.{amqp-routing-key}", "a.b", "dot");
    }

    @Test
    void saysWhichPlaceholderHasNoValueAndWhereOneIsLookedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("changes.{project}.new", Map.of(), BODY))
                .withMessageContainingAll("changes.{project}.new", "{project}", "header", "body field");
    }

    @Test
    void saysThatTheHeaderWithTheWholeKeyIsMissingOrNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("{amqp-routing-key}", Map.of(), BODY))
                .withMessageContainingAll("amqp-routing-key", "missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("{amqp-routing-key}", Map.of("amqp-routing-key", "a.*"), BODY))
                .withMessageContainingAll("a.*", "routing key");
    }

    @Test
    void givesAnIdWhereTheSenderHasNone() {
        var first = encode("a", Map.of(), BODY).properties();
        var second = encode("a", Map.of(), BODY).properties();

        assertThat(first.messageId()).isNotBlank().isNotEqualTo(second.messageId());
        assertThat(first.persistent()).isTrue();
        assertThat(encode("a", Map.of("amqp-message-id", "mine"), BODY)
                        .properties()
                        .messageId())
                .isEqualTo("mine");
    }

    @Test
    void setsHeadersOfTheirOwnTypesAndByTemplate() {
        var route = Routes.outbound("out", "k")
                .headers(Map.of(
                        "x-origin", HeaderValue.of("shop {x-shop}/{/id}"),
                        "x-version", HeaderValue.of(2),
                        "x-ratio", HeaderValue.of(0.5),
                        "x-test", HeaderValue.of(true)));

        assertThat(encode(route, Map.of("x-shop", "north"), BODY).properties().headers())
                .containsOnly(
                        entry("x-shop", "north"),
                        entry("x-origin", "shop north/17"),
                        entry("x-version", 2),
                        entry("x-ratio", 0.5),
                        entry("x-test", true));
    }

    @Test
    void refusesHalfACharacterThatABodyPutsIntoAHeader() {
        var route = Routes.outbound("out", "k").headers(Map.of("x-name", HeaderValue.of("of {/name}")));

        assertThat(encode(route, Map.of(), new JsonObject().put("name", "\ud83d\ude00"))
                        .properties()
                        .headers())
                .containsOnly(entry("x-name", "of \ud83d\ude00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(route, Map.of(), new JsonObject().put("name", "\ud83d")))
                .withMessageContainingAll("x-name", "'of ?'", "half of a character");
    }

    @Test
    void theHeadersOfTheRouteTakeThePlaceOfTheSenders() {
        var route = Routes.outbound("out", "k").headers(Map.of("x-a", HeaderValue.of("route's, not {x-a}")));
        var sent = Map.of("X-A", "5", "amqp-header-types", "x-a=int;X-A=int", "x-b", "kept");

        assertThat(encode(route, sent, BODY).properties().headers())
                .containsOnly(entry("x-a", "route's, not 5"), entry("x-b", "kept"));
    }

    /** A received message that is sent again loses the broker's own headers; the route's are for this publication. */
    @Test
    void sendsTheRoutesHeadersWithAReceivedMessageToo() {
        var route = Routes.outbound("out", "k").headers(Map.of("x-delay", HeaderValue.of(500)));
        var received = Map.of("amqp-redelivered", "false", "x-delay", "9", "x-death", "once");

        assertThat(encode(route, received, BODY).properties().headers()).containsOnly(entry("x-delay", 500));
    }

    @Test
    void thePropertiesOfTheRouteTakeThePlaceOfTheSenders() {
        var route = Routes.outbound("out", "k")
                .properties(properties(Map.of(
                        "priority", "{/id}",
                        "expiration", "60000",
                        "type", "order.{branch}",
                        "appId", "shop",
                        "messageId", "{/id}-{/branch}",
                        "timestamp", "2014-03-01T12:00:00Z",
                        "contentType", "application/vnd.shop+json")));
        var sent = Map.of("amqp-priority", "9", "amqp-expiration", "1", "AMQP-App-Id", "mine", "amqp-user-id", "guest");

        var properties = encode(route, sent, BODY).properties();
        assertThat(properties.priority()).isEqualTo(17);
        assertThat(properties.expiration()).isEqualTo("60000");
        assertThat(properties.type()).isEqualTo("order.main");
        assertThat(properties.appId()).isEqualTo("shop");
        assertThat(properties.messageId()).isEqualTo("17-main");
        assertThat(properties.timestamp()).isEqualTo(Instant.parse("2014-03-01T12:00:00Z"));
        assertThat(properties.contentType()).isEqualTo("application/vnd.shop+json");
        assertThat(properties.userId()).as("left to the sender").isEqualTo("guest");
    }

    @Test
    void anEmptyPropertyLeavesOutTheSenders() {
        var route = Routes.outbound("out", "k").properties(properties(Map.of("appId", "")));

        assertThat(encode(route, Map.of("amqp-app-id", "mine"), BODY)
                        .properties()
                        .appId())
                .isNull();
    }

    @Test
    void writesTextAsTheRoutesContentTypeSays() {
        var route = Routes.outbound("out", "k").properties(properties(Map.of("contentType", "text/plain")));

        assertThat(encode(route, Map.of(), "hé").body()).isEqualTo(Buffer.buffer("hé"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(route, Map.of(), BODY))
                .withMessageContaining("cannot be written as text/plain");
    }

    @Test
    void tellsTheSenderOfAValueThatIsMissingOrDoesNotFit() {
        var route = Routes.outbound("out", "k").properties(properties(Map.of("priority", "{/branch}")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(route, Map.of(), BODY))
                .withMessageContainingAll("amqp-priority", "'main'", "0 to 255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(route, Map.of(), new JsonObject()))
                .withMessageContainingAll("template '{/branch}'", "{/branch} has no value");
        var headers = Routes.outbound("out", "k").headers(Map.of("x", HeaderValue.of("{y}")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(headers, Map.of(), BODY))
                .withMessageContainingAll("template '{y}'", "{y} has no value", "a header or a body field");
    }

    @Test
    void publishesToTheExchangeThatTheMessageNames() {
        var route = perMessage("{x-region}");

        assertThat(encode(route, Map.of("x-region", "north"), BODY).exchange()).isEqualTo("north");
        assertThat(encode(route, Map.of(), new JsonObject().put("x-region", "south"))
                        .exchange())
                .isEqualTo("south");
        assertThat(encode(perMessage("{/region/0}"), Map.of(), new JsonObject("{\"region\": [\"north\"]}"))
                        .exchange())
                .isEqualTo("north");
    }

    @Test
    void refusesAnExchangeThatIsNotAllowedOrNotNamed() {
        for (var name : List.of("busbar", "", "North", "{x-region}", "x".repeat(300))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encode(perMessage("{x-region}"), Map.of("x-region", name), BODY))
                    .withMessageContainingAll(
                            "the exchange '" + name.substring(0, Math.min(60, name.length())),
                            "is not one of those that the route allows, to.exchanges: north, south");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(perMessage("{x-region}"), Map.of(), BODY))
                .withMessageContainingAll("template '{x-region}'", "{x-region} has no value");
    }

    private static OutboundRouteBuilder perMessage(String template) {
        return Routes.outbound("out", "k")
                .exchange(new ExchangeConfig(template, null, true, Map.of()))
                .exchanges(Stream.of("north", "south")
                        .map(it -> new ExchangeConfig(it, null, true, Map.of()))
                        .toList());
    }

    private static PropertiesConfig properties(Map<String, String> templates) {
        var to = new JsonObject().put("key", "k").put("properties", new JsonObject(new HashMap<>(templates)));
        var route = new JsonObject()
                .put("name", "r")
                .put("from", new JsonObject().put("address", "a"))
                .put("to", to);
        var config = ConfigLoader.fromJson(new JsonObject().put("routes", new JsonArray().add(route)));
        return ((OutboundRoute) config.routes().get(0)).properties();
    }

    /** One from another node is decoded when somebody looks at it, by the application's own codec. */
    @Test
    void refusesABodyThatCannotBeDecoded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode("a", Map.of(), new IllegalStateException("what the codec throws")))
                .withMessageContaining("what the codec throws");
    }

    private final MessageIds ids = new MessageIds();

    private BridgeMessage encode(String key, Map<String, String> headers, Object body) {
        return encode(Routes.outbound("changes", key), headers, body);
    }

    private BridgeMessage encode(OutboundRouteBuilder route, Map<String, String> headers, Object body) {
        var codec = new PayloadCodec(DatetimeStyle.ISO, 1_000);
        return new OutboundEncoder(route.build(), codec, ids)
                .encode(new Sent(MultiMap.caseInsensitiveMultiMap().addAll(headers), body));
    }

    /** A message as the event bus hands it over, as far as encoding looks at it. */
    private record Sent(MultiMap headers, Object body) implements Message<Object> {

        @Override
        public Object body() {
            if (body instanceof RuntimeException thrown) {
                throw thrown;
            }
            return body;
        }

        @Override
        public String address() {
            return "address";
        }

        @Override
        public String replyAddress() {
            return null;
        }

        @Override
        public boolean isSend() {
            return true;
        }

        @Override
        public void reply(Object message, DeliveryOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> Future<Message<R>> replyAndRequest(Object message, DeliveryOptions options) {
            throw new UnsupportedOperationException();
        }
    }
}
