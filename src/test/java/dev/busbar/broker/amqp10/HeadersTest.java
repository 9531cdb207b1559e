package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.UnsignedShort;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @Property(tries = 500)
    void headersOfEveryTypeComeBack(@ForAll("headers") Map<String, Object> headers) {
        assertThat(Wire.carry(headers)).usingRecursiveComparison().isEqualTo(headers);
    }

    @Provide
    Arbitrary<Map<String, Object>> headers() {
        return Arbitraries.maps(
                        Arbitraries.strings().withChars("ax-ü€ ").ofMinLength(1).ofMaxLength(40),
                        Arbitraries.oneOf(
                                        any(Arbitraries.strings().ascii()),
                                        any(Arbitraries.of(true, false)),
                                        any(Arbitraries.bytes()),
                                        any(Arbitraries.shorts()),
                                        any(Arbitraries.integers()),
                                        any(Arbitraries.longs()),
                                        any(Arbitraries.floats()),
                                        any(Arbitraries.doubles()),
                                        any(Arbitraries.longs().map(Instant::ofEpochMilli)),
                                        any(Arbitraries.bytes().array(byte[].class)),
                                        decimals())
                                .injectNull(0.05))
                .ofMaxSize(8)
                .map(LinkedHashMap::new);
    }

    private static Arbitrary<Object> decimals() {
        var most = BigInteger.TEN.pow(34).subtract(BigInteger.ONE);
        return Arbitraries.bigIntegers()
                .between(most.negate(), most)
                .flatMap(digits ->
                        Arbitraries.integers().between(-6111, 6176).map(scale -> new BigDecimal(digits, scale)));
    }

    private static Arbitrary<Object> any(Arbitrary<?> values) {
        return values.map(value -> value);
    }

    @Test
    void mapsAndListsTravelAsAnnotationsIfTheirNameAllows() {
        var inner = new HashMap<String, Object>(Map.of("time", Instant.EPOCH, "count", 3L, "bytes", new byte[] {1}));
        inner.put("nothing", null);
        var headers = Map.<String, Object>of(
                "x-death", List.of(inner, "text", List.of()), "x-at", Instant.EPOCH, "x-map", Map.of(), "plain", 1);

        var message = Wire.carry(MessageMapping.toAmqp(Wire.withHeaders(headers)));

        assertThat(message.getApplicationProperties().getValue()).containsOnlyKeys("x-at", "plain");
        assertThat(message.getMessageAnnotations().getValue())
                .containsOnlyKeys(Symbol.valueOf("x-death"), Symbol.valueOf("x-map"));
        assertThat(MessageMapping.fromAmqp(message).properties().headers())
                .usingRecursiveComparison()
                .isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"details", "x-opt-deaths", "x-basic-type", "x-cc", "x-dünn"})
    void refusesMapsAndListsUnderOtherNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.carry(Map.of(name, List.of(1))))
                .withMessageContaining("header '" + name + "'")
                .withMessageContaining("a list")
                .withMessageContaining("x-");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.carry(Map.of(name, Map.of())))
                .withMessageContaining("a map");
    }

    @Test
    void refusesWhatIsOfNoType() {
        for (Object value : List.of(BigInteger.TEN, 'c', UUID.randomUUID(), new StringBuilder(), new int[0])) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wire.carry(Map.of("odd", value)))
                    .withMessageContaining("header 'odd'")
                    .withMessageContaining(value.getClass().getName());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wire.carry(Map.of("x-odd", List.of(Map.of("k", value)))))
                    .withMessageContaining("header 'x-odd'");
        }
    }

    @Test
    void refusesATimeThatMillisecondsCannotCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.carry(Map.of("at", Instant.MIN)))
                .withMessageContaining("header 'at'")
                .withMessageContaining("milliseconds");
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of(UnsignedByte.valueOf((byte) -1), (short) 255),
                Arguments.of(UnsignedShort.valueOf((short) -1), 65_535),
                Arguments.of(UnsignedInteger.MAX_VALUE, 4_294_967_295L),
                Arguments.of(UnsignedLong.valueOf(Long.MAX_VALUE), Long.MAX_VALUE),
                Arguments.of(UnsignedLong.valueOf("18446744073709551615"), new BigDecimal("18446744073709551615")),
                Arguments.of('ü', "ü"),
                Arguments.of(Symbol.valueOf("sym"), "sym"),
                Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                Arguments.of(new Integer[] {1, 2}, List.of(1, 2)),
                Arguments.of(new Symbol[] {Symbol.valueOf("a")}, List.of("a")),
                Arguments.of(List.of(Map.of(7, Symbol.valueOf("seven"))), List.of(Map.of("7", "seven"))));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void readsOtherTypesAsTheNearest(Object value, Object read) {
        assertThat(Wire.receive(Wire.annotation("x-header", value)).properties().headers())
                .isEqualTo(Map.of("x-header", read));
        assertThat(Wire.receive(Wire.property("header", value)).properties().headers())
                .isEqualTo(Map.of("header", read));
    }

    @Test
    void anApplicationPropertyCountsMoreThanAnAnnotationOfItsName() {
        assertThat(Wire.receive(Wire.annotation("x-name", "annotation"), Wire.property("x-name", "property"))
                        .properties()
                        .headers())
                .isEqualTo(Map.of("x-name", "property"));
    }

    @Test
    void whatBrokersTellEachOtherIsNoHeader() {
        var annotations = new HashMap<Symbol, Object>();
        for (var name : List.of("x-opt-jms-dest", "x-basic-type", "x-exchange", "x-routing-key", "x-cc", "other")) {
            annotations.put(Symbol.valueOf(name), name);
        }

        var received = Wire.receive(new MessageAnnotations(annotations)).properties();

        assertThat(received.headers()).isEmpty();
        assertThat(received.type()).isEqualTo("x-basic-type");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        Object deep = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            deep = new ArrayList<>(Arrays.asList(deep));
        }

        var received = MessageMapping.fromAmqp(MessageMapping.toAmqp(Wire.withHeaders(Map.of("x-deep", deep))));

        assertThat(received.incomplete()).contains("'x-deep'", "900 levels");
        assertThat(received.body()).hasToString("{}");
    }
}
