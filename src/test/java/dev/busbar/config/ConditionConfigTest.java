package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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
