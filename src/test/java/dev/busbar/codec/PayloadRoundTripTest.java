package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class PayloadRoundTripTest {

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.KOMBU, 1024);

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("json") Map<String, Object> body) {
        PayloadCodec.Encoded encoded = codec.encode(new JsonObject(body));

        Object read = codec.decode(Messages.of(encoded.contentType(), encoded.body()));

        assertThat(((JsonObject) read).getMap()).isEqualTo(body);
    }

    @Property(tries = 200)
    void vertxReadsTheSame(@ForAll("plain") List<Object> body) {
        JsonArray array = new JsonArray(body);

        assertThat(new JsonArray(codec.encode(array).body())).isEqualTo(array);
        assertThat(codec.decode(Messages.of(null, array.toBuffer()))).isEqualTo(array);
    }

    /** The generator flushes its buffer when it is full; no character may be lost there. */
    @Test
    void longTextsAreWrittenWhole() {
        for (int offset = 0; offset < 8; offset++) {
            String text = "x".repeat(offset) + "aü€😀".repeat(5000);

            assertThat(codec.decode(Messages.of(null, codec.encode(text).body())))
                    .isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<Map<String, Object>> json() {
        Arbitrary<Object> instants = Arbitraries.longs()
                .between(-62_000_000_000L, 250_000_000_000L)
                .map(seconds -> Instant.ofEpochSecond(seconds, Math.abs(seconds % 1_000_000) * 1000));
        return Arbitraries.maps(texts(), nested(Arbitraries.oneOf(scalars(), instants), 2))
                .ofMaxSize(5)
                .map(LinkedHashMap::new);
    }

    @Provide
    Arbitrary<List<Object>> plain() {
        return nested(scalars(), 2).list().ofMaxSize(5).map(ArrayList::new);
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> scalars, int levels) {
        if (levels == 0) {
            return scalars;
        }
        Arbitrary<Object> inner = nested(scalars, levels - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(4, scalars),
                Tuple.of(1, inner.list().ofMaxSize(4).map(list -> list)),
                Tuple.of(1, Arbitraries.maps(texts(), inner).ofMaxSize(4).map(map -> map)));
    }

    private static Arbitrary<Object> scalars() {
        return Arbitraries.oneOf(
                texts().map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs()
                        .filter(number -> number != number.intValue())
                        .map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.bigIntegers()
                        .between(BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(90))
                        .map(number -> number),
                Arbitraries.of(true, false).map(flag -> flag),
                Arbitraries.just(null));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings();
    }
}
