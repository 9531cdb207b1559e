package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQContentHeader;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.busbar.codec.MessageProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class PropertyMappingTest {

    /** Compares properties, except for the order of headers, which the Java client forgets. */
    @Property(tries = 400)
    void whatIsWrittenToTheWireIsReadAgain(@ForAll("properties") MessageProperties properties) throws IOException {
        var read = PropertyMapping.fromAmqp(overTheWire(PropertyMapping.toAmqp(properties)));

        assertThat(read).usingRecursiveComparison().isEqualTo(properties);
    }

    @Test
    void readsAMessageWithoutAnyProperty() throws IOException {
        var read = PropertyMapping.fromAmqp(overTheWire(new AMQP.BasicProperties()));

        assertThat(read.persistent()).isFalse();
        assertThat(read.headers()).isEmpty();
        assertThat(read.messageId()).isNull();
        assertThat(read.timestamp()).isNull();
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        var latin = new byte[] {'a', (byte) 0xe9};
        var sent = new AMQP.BasicProperties.Builder()
                .headers(Map.of("x-name", LongStringHelper.asLongString(latin)))
                .build();

        assertThat(PropertyMapping.fromAmqp(overTheWire(sent)).headers().get("x-name"))
                .isEqualTo(latin);
    }

    /** Reads timestamps as brokers write them that translate from AMQP 1.0. */
    @Test
    void recognisesATimeInMilliseconds() throws IOException {
        for (var seconds : new long[] {1_793_873_730_123L, 253_402_300_800L}) {
            var sent = new AMQP.BasicProperties.Builder()
                    .timestamp(new Date(seconds * 1000))
                    .build();

            assertThat(PropertyMapping.fromAmqp(overTheWire(sent)).timestamp())
                    .isEqualTo(Instant.ofEpochMilli(seconds));
        }
    }

    /** Refuses headers that are nested more deeply than the Java client reads, in Busbar or elsewhere. */
    @Test
    void headersAreNestedAsDeeplyAsTheyAreRead() throws IOException {
        var deepest = nested(FieldTable.MAX_DEPTH - 1);

        assertThat(PropertyMapping.fromAmqp(overTheWire(PropertyMapping.toAmqp(deepest)))
                        .headers())
                .isEqualTo(deepest.headers());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PropertyMapping.toAmqp(nested(FieldTable.MAX_DEPTH)))
                .withMessageContaining("header 'deep'")
                .withMessageContaining("31 levels");
    }

    private static MessageProperties nested(int levels) {
        Object value = "x";
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("in", value);
        }
        return persistent(true).withHeaders(Map.of("deep", value));
    }

    @Test
    void writesWhetherAMessageIsPersistent() {
        assertThat(PropertyMapping.toAmqp(persistent(true)).getDeliveryMode()).isEqualTo(2);
        assertThat(PropertyMapping.toAmqp(persistent(false)).getDeliveryMode()).isEqualTo(1);
    }

    private static MessageProperties persistent(boolean persistent) {
        return MessageProperties.builder().persistent(persistent).build();
    }

    private static AMQP.BasicProperties overTheWire(AMQP.BasicProperties properties) throws IOException {
        var frame = ((AMQContentHeader) properties).toFrame(1, 0);
        return (AMQP.BasicProperties) AMQImpl.readContentHeaderFrom(frame.getInputStream());
    }

    @Provide
    Arbitrary<MessageProperties> properties() {
        var shortTexts = Arbitraries.strings().ofMaxLength(60).injectNull(0.3);
        var seconds = instants(253_402_300_799L).injectNull(0.3);
        var priorities = Arbitraries.integers().between(0, 255).injectNull(0.3);
        var headers = Arbitraries.maps(names(), fields(2)).ofMaxSize(6).<Map<String, Object>>map(LinkedHashMap::new);
        return Combinators.combine(
                        shortTexts.list().ofSize(9), seconds, priorities, Arbitraries.of(true, false), headers)
                .as((texts, timestamp, priority, persistent, table) -> MessageProperties.builder()
                        .messageId(texts.get(0))
                        .correlationId(texts.get(1))
                        .replyTo(texts.get(2))
                        .contentType(texts.get(3))
                        .contentEncoding(texts.get(4))
                        .timestamp(timestamp)
                        .priority(priority)
                        .expiration(texts.get(5))
                        .type(texts.get(6))
                        .userId(texts.get(7))
                        .appId(texts.get(8))
                        .persistent(persistent)
                        .headers(table)
                        .build())
                .withoutEdgeCases();
    }

    private static Arbitrary<Object> fields(int levels) {
        var scalars = Arbitraries.<Object>oneOf(
                Arbitraries.strings().ofMaxLength(80).map(value -> value),
                Arbitraries.of(true, false).map(value -> value),
                Arbitraries.bytes().map(value -> value),
                Arbitraries.shorts().map(value -> value),
                Arbitraries.integers().map(value -> value),
                Arbitraries.longs().map(value -> value),
                Arbitraries.floats().map(value -> value),
                Arbitraries.doubles().map(value -> value),
                Combinators.combine(
                                Arbitraries.integers(), Arbitraries.integers().between(0, 255))
                        .as((digits, scale) -> new BigDecimal(BigInteger.valueOf(digits), scale)),
                instants(250_000_000_000L).map(value -> value),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(value -> value),
                Arbitraries.just(null));
        if (levels == 0) {
            return scalars;
        }
        var inner = fields(levels - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(5, scalars),
                Tuple.of(1, inner.list().ofMaxSize(4).map(value -> value)),
                Tuple.of(1, Arbitraries.maps(names(), inner).ofMaxSize(4).map(value ->
                        (Object) new LinkedHashMap<>(value))));
    }

    /** Returns instants of whole seconds, as the wire has them. */
    private static Arbitrary<Instant> instants(long latest) {
        return Arbitraries.longs().between(0, latest).map(Instant::ofEpochSecond);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
    }
}
