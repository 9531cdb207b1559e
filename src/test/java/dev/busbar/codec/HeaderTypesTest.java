package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTypesTest {

    @Test
    void writesValuesAsTextAndTheirTypesBeside() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("x-count", 3);
        own.put("x-at", Instant.parse("2014-03-01T12:00:00Z"));
        own.put("x-raw", new byte[] {-1, -2});
        own.put("x-none", null);
        own.put("x-text", "t");
        own.put("x;=/%", true);
        own.put("x-death", List.of(Map.of("time", Instant.EPOCH), 1L, (short) 2));

        MultiMap bus = BusHeaders.toBus(Messages.withHeaders(own), false, 1);

        assertThat(bus.get("x-count")).isEqualTo("3");
        assertThat(bus.get("x-at")).isEqualTo("2014-03-01T12:00:00Z");
        assertThat(bus.get("x-raw")).isEqualTo("//4=");
        assertThat(bus.get("x-none")).isEqualTo("");
        assertThat(bus.get("x-death")).isEqualTo("[{\"time\":\"1970-01-01T00:00:00Z\"},1,2]");
        assertThat(bus.get(BusHeaders.HEADER_TYPES))
                .isEqualTo("x-count=int;x-at=timestamp;x-raw=bytes;x-none=null;x%3b%3d%2f%25=boolean;"
                        + "x-death=list;x-death/0/time=timestamp;x-death/2=short");
    }

    @Test
    void everyTypeTravelsBackExactly() {
        Map<String, Object> own = new LinkedHashMap<>();
        List<Object> values = Arrays.asList(
                "",
                "t",
                true,
                (byte) 1,
                (short) -2,
                3,
                4L,
                1.1f,
                Float.NaN,
                1.1,
                1e300,
                Double.NEGATIVE_INFINITY,
                new BigDecimal("1.10"),
                new BigDecimal("1E+9"),
                Instant.parse("2014-03-01T12:00:00.123456789Z"),
                new byte[] {0, -1},
                null,
                List.of(),
                Map.of());
        values.forEach(value -> own.put("x" + own.size(), value));
        own.put("list", values);
        own.put("map", new LinkedHashMap<>(own));

        assertThat(described(thereAndBack(own))).isEqualTo(described(own));
    }

    @Test
    void typesOfHeadersThatAreGoneAreNoMatter() {
        assertThat(send("x=int;y/0=int", "z", "1")).isEqualTo(Map.of("z", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | many",
                "int | 99999999999",
                "boolean | yes",
                "timestamp | soon",
                "bytes | ?",
                "decimal | x",
                "list | [1",
                "list | {}",
                "map | []",
                "list | [99999999999999999999]",
            })
    void explainsAValueThatIsNotOfItsType(String type, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> send("x=" + type, "x", value))
                .withMessageContaining("header x with the value '" + value + "'")
                .withMessageContaining("of type " + type)
                .withMessageContaining("amqp-header-types");
    }

    @ParameterizedTest
    @CsvSource({
        "double, 1e400, larger",
        "decimal, 1e10001, exponent",
        "decimal, 1e-10001, exponent",
        "float, 1e39, larger",
        "timestamp, +500000000-01-01T00:00:00Z, too far"
    })
    void aValueBeyondItsTypeIsNotTakenForAnother(String type, String value, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> send("x=" + type, "x", value))
                .withMessageContaining(why);
    }

    @Test
    void infinityIsAValueOfItsOwn() {
        assertThat(send("x=double", "x", "Infinity")).isEqualTo(Map.of("x", Double.POSITIVE_INFINITY));
        assertThat(send("x=float", "x", "-Infinity")).isEqualTo(Map.of("x", Float.NEGATIVE_INFINITY));
    }

    /** The time it takes to parse a decimal grows with the square of its length. */
    @Test
    void aDecimalIsAsLongAsANumberOfJson() {
        assertThat(send("x=decimal", "x", "1".repeat(1000))).containsKey("x");
        for (var nested : List.of(false, true)) {
            var digits = "1".repeat(1001);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> send(
                            nested ? "x=list;x/0=decimal" : "x=decimal", "x", nested ? "[\"" + digits + "\"]" : digits))
                    .withMessageContaining("more than 1000 characters");
        }
    }

    /** A path repeats the names that lead to a value, so the types could be much longer than the values. */
    @Test
    void typesThatWouldTakeMoreThanTheirBoundAreRefused() {
        var fits = Map.<String, Object>of("x".repeat(200), Collections.nCopies(1_000, 1.5f));
        assertThat(thereAndBack(fits)).isEqualTo(fits);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> thereAndBack(Map.of("x".repeat(200), Collections.nCopies(2_000, 1.5f))))
                .withMessageContaining("262144 characters");
    }

    @Property(tries = 300)
    void anyHeadersTravelBackExactly(@ForAll("headers") Map<String, Object> own) {
        assertThat(thereAndBack(own)).isEqualTo(own);
    }

    private static Map<String, Object> thereAndBack(Map<String, Object> own) {
        MultiMap bus = BusHeaders.toBus(Messages.withHeaders(own), false, 1);
        return BusHeaders.fromBus(bus, null, "id", true).headers();
    }

    private static Map<String, Object> send(String types, String name, String value) {
        MultiMap bus = MultiMap.caseInsensitiveMultiMap()
                .add(BusHeaders.HEADER_TYPES, types)
                .add(name, value);
        return BusHeaders.fromBus(bus, null, "id", true).headers();
    }

    /** Compares classes and the contents of arrays too. */
    private static Object described(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, described(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(HeaderTypesTest::described).toList();
        }
        return value instanceof byte[] bytes
                ? "bytes " + Arrays.toString(bytes)
                : value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    @Provide
    Arbitrary<Map<String, Object>> headers() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings()
                        .alpha()
                        .withChars("%/;=.- üX0")
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.of("amqp-type", "amqp-header-types", "compression", "__type__"));
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ascii().map(text -> text),
                Arbitraries.of(true, false).map(flag -> flag),
                Arbitraries.bytes().map(number -> number),
                Arbitraries.shorts().map(number -> number),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.floats().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.bigDecimals().map(number -> number),
                Arbitraries.longs().between(-60_000_000_000L, 200_000_000_000L).map(Instant::ofEpochSecond),
                Arbitraries.just(null));
        Arbitrary<Object> inner = Arbitraries.oneOf(
                scalars,
                scalars.list().ofMaxSize(3).map(list -> list),
                Arbitraries.maps(names, scalars).ofMaxSize(3).map(map -> map));
        Arbitrary<Object> values = Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(3).map(list -> list),
                Arbitraries.maps(names, inner).ofMaxSize(3).map(map -> map));
        return Arbitraries.maps(names, values).ofMaxSize(6);
    }
}
