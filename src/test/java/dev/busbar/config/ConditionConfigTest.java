package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PayloadCodec;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionConfigTest {

    private static Made<ConditionConfig> onHeader() {
        return Made.a(ConditionConfig.class).with("header", "x");
    }

    @Property
    void aValueEqualsOnlyItself(@ForAll String value, @ForAll String other) {
        ConditionConfig equals = onHeader().with("value", "a" + value.length()).get();

        assertThat(equals.isMet("a" + value.length())).isTrue();
        assertThat(equals.isMet("a" + other.length())).isEqualTo(value.length() == other.length());
        assertThat(equals.isMet(null)).isFalse();
    }

    @Test
    void aValueIsOneOfAList() {
        ConditionConfig in = onHeader().with("oneOf", List.of("a", "")).get();

        assertThat(in.isMet("a")).isTrue();
        assertThat(in.isMet("")).isTrue();
        assertThat(in.isMet("A")).isFalse();
        assertThat(in.isMet(null)).isFalse();
    }

    @Test
    void aValueBeginsWithAPrefix() {
        ConditionConfig prefix = onHeader().with("prefix", "shop.").get();

        assertThat(prefix.isMet("shop.")).isTrue();
        assertThat(prefix.isMet("shop.new")).isTrue();
        assertThat(prefix.isMet("shop")).isFalse();
        assertThat(prefix.isMet(null)).isFalse();
    }

    @Test
    void aValueExistsOrDoesNot() {
        ConditionConfig exists = onHeader().with("exists", true).get();
        ConditionConfig missing = onHeader().with("exists", false).get();

        assertThat(exists.isMet("")).isTrue();
        assertThat(exists.isMet(null)).isFalse();
        assertThat(missing.isMet("")).isFalse();
        assertThat(missing.isMet(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ; charset=utf-8",
                "application/vnd.shop.order+json",
                "application/+json",
                "application/jsonx",
                "text/x+json",
                "text/plain",
                "application/octet-stream"
            })
    void takesTheSameContentTypesForJsonAsTheCodec(String contentType) {
        MessageProperties json =
                MessageProperties.builder().contentType(contentType).build();
        Object read = new PayloadCodec(DatetimeStyle.ISO, 100)
                .decode(new BridgeMessage("x", "k", json, Buffer.buffer("{\"a\":1}")));

        assertThat(BodyMode.mayBeJson(null, contentType)).isEqualTo(read instanceof JsonObject);
        assertThat(BodyMode.mayBeJson(BodyMode.JSON, contentType)).isTrue();
        assertThat(BodyMode.mayBeJson(BodyMode.TEXT, contentType)).isFalse();
        assertThat(BodyMode.mayBeJson(BodyMode.BYTES, contentType)).isFalse();
    }

    @Test
    void aHeaderWhoseNameBeginsLikeAPropertysHasItsPrefix() {
        assertThat(Made.a(ConditionConfig.class)
                        .with("header", "amqp-header-AMQP-x")
                        .with("exists", true)
                        .get()
                        .header())
                .isEqualTo("amqp-header-AMQP-x");
    }

    /** All headers that describe a message, and none that describes its delivery. */
    @Test
    void knowsThePropertiesThatMessagesHave() {
        MessageProperties all = MessageProperties.builder()
                .messageId("m")
                .correlationId("c")
                .replyTo("q")
                .contentType("text/plain")
                .contentEncoding("utf-8")
                .timestamp(Instant.EPOCH)
                .priority(1)
                .expiration("1")
                .type("t")
                .userId("u")
                .appId("a")
                .build();
        MultiMap headers = BusHeaders.toBus(new BridgeMessage("x", "k", all, Buffer.buffer()), false, 1);
        headers.remove(BusHeaders.REDELIVERED).remove(BusHeaders.ATTEMPT);

        assertThat(Set.copyOf(ConditionHeaders.PROPERTIES)).isEqualTo(headers.names());
    }
}
