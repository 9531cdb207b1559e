package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadEncodingTest {

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, 1024);

    @Test
    void writesJsonByDefault() {
        JsonObject body = new JsonObject()
                .put("s", "ü😀\"")
                .put(
                        "n",
                        new JsonArray()
                                .add(1)
                                .add(5_000_000_000L)
                                .add(1.5)
                                .add(1.5f)
                                .addNull())
                .put("d", new BigDecimal("1.10"))
                .put("m", Map.of("x", List.of(true)))
                .put("e", TimeUnit.DAYS);

        PayloadCodec.Encoded encoded = codec.encode(body);

        assertThat(encoded.contentType()).isEqualTo("application/json");
        assertThat(encoded.body())
                .isEqualTo(Buffer.buffer("{\"s\":\"ü😀\\\"\",\"n\":[1,5000000000,1.5,1.5,null],\"d\":1.10,"
                        + "\"m\":{\"x\":[true]},\"e\":\"DAYS\"}"));
    }

    @Test
    void refusesWhatThrowsWhenItIsLookedAt() {
        var trap = new ArrayList<Object>() {
            private static final long serialVersionUID = 1;

            @Override
            public Iterator<Object> iterator() {
                throw new IllegalStateException("of the sender");
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(trap))
                .withMessageContaining("of the sender");
    }

    @Test
    void writesLoneValuesAsJson() {
        assertThat(json("a")).isEqualTo("\"a\"");
        assertThat(json(7)).isEqualTo("7");
        assertThat(json(true)).isEqualTo("true");
        assertThat(json(null)).isEqualTo("null");
        assertThat(json(List.of())).isEqualTo("[]");
        assertThat(codec.encode("a", "application/vnd.build+json").contentType())
                .isEqualTo("application/vnd.build+json");
    }

    @Test
    void bytesInsideJsonAreReadableByJsonObject() {
        byte[] bytes = {-1, -2, 0, 62, 63};

        JsonObject read = new JsonObject(json(new JsonObject(Map.of("a", bytes, "b", Buffer.buffer(bytes)))));

        assertThat(read.getBinary("a")).isEqualTo(bytes);
        assertThat(read.getBuffer("b")).isEqualTo(Buffer.buffer(bytes));
    }

    @Test
    void writesAStringAsTheTextItIsAskedFor() {
        PayloadCodec.Encoded latin = codec.encode("größe", "text/plain; charset=ISO-8859-1");

        assertThat(latin.body()).isEqualTo(Buffer.buffer("größe", "ISO-8859-1"));
        assertThat(latin.contentType()).isEqualTo("text/plain; charset=ISO-8859-1");
        assertThat(codec.encode("ü", "text/plain").body()).isEqualTo(Buffer.buffer("ü"));
        assertThat(codec.encode("<a/>", "application/xml").body()).isEqualTo(Buffer.buffer("<a/>"));
        assertThat(codec.encode(
                                "ü",
                                MultiMap.caseInsensitiveMultiMap()
                                        .add(BusHeaders.CONTENT_TYPE, "text/plain")
                                        .add(BusHeaders.CONTENT_ENCODING, "iso-8859-1"))
                        .body())
                .isEqualTo(Buffer.buffer(new byte[] {(byte) 0xfc}));
    }

    @Test
    void passesBytesOnAsTheyAre() {
        Buffer bytes = Buffer.buffer(new byte[] {0, -1});

        assertThat(codec.encode(bytes)).isEqualTo(new PayloadCodec.Encoded(bytes, "application/octet-stream"));
        assertThat(codec.encode(new byte[] {0, -1}, "image/png"))
                .isEqualTo(new PayloadCodec.Encoded(bytes, "image/png"));
        assertThat(codec.encode(Buffer.buffer()).body().length()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ISO | 2014-03-01T12:00:00Z | \"2014-03-01T12:00:00Z\"",
                "ISO | 2014-03-01T12:00:00.123456Z | \"2014-03-01T12:00:00.123456Z\"",
                "EPOCH | 2014-03-01T12:00:00Z | 1393675200",
                "EPOCH | 2014-03-01T12:00:00.250Z | 1393675200.25",
                "EPOCH | 1969-12-31T23:59:58.500Z | -1.5",
                "KOMBU | 2014-03-01T12:00:00Z | {\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00+00:00\"}",
                "KOMBU | 2014-03-01T12:00:00.5Z | {\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00.500000+00:00\"}",
            })
    void writesDatetimesInTheChosenStyle(DatetimeStyle style, Instant instant, String expected) {
        PayloadCodec styled = new PayloadCodec(style, 1024);
        Object[] forms = {
            instant,
            Date.from(instant),
            instant.atOffset(java.time.ZoneOffset.ofHours(2)),
            ZonedDateTime.parse(instant.toString())
        };

        assertThat(styled.encode(instant).body()).hasToString(expected);
        if (instant.getNano() % 1_000_000 == 0) {
            assertThat(styled.encode(new JsonObject().put("a", Arrays.asList(forms)))
                            .body())
                    .hasToString("{\"a\":[" + String.join(",", expected, expected, expected, expected) + "]}");
        }
    }

    @Test
    void namesTheClassAndThePlaceOfWhatItCannotWrite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(Map.of("a", List.of(1, URI.create("x:y")))))
                .withMessageContaining("/a/1")
                .withMessageContaining("java.net.URI")
                .withMessageContaining("send");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new JsonObject().put("x", Double.NaN)))
                .withMessageContaining("/x")
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(Map.of(1, 2)))
                .withMessageContaining("key 1");
    }

    @Test
    void writesHalfACharacterAsAnEscapeSoThatTheBodyStaysUtf8() {
        assertThat(json("\ud800x")).isEqualTo("\"\\uD800x\"");
    }

    @Test
    void endsOnABodyThatContainsItself() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(endless))
                .withMessageContaining("depth");
    }

    @Test
    void refusesABodyThatCannotBeOfTheTypeAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new JsonObject(), "text/plain"))
                .withMessageContaining("JsonObject")
                .withMessageContaining("text/plain");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode("ü", "text/plain; charset=us-ascii"))
                .withMessageContaining("US-ASCII");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode("ü", "text/plain; charset=klingon"))
                .withMessageContaining("klingon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new JsonObject().put("a", "ü"), "application/json; charset=us-ascii"))
                .withMessageContaining("US-ASCII");
        assertThat(codec.encode(new JsonObject().put("a", "ü"), "application/json; charset=latin-1")
                        .body())
                .isEqualTo(Buffer.buffer("{\"a\":\"ü\"}", "ISO-8859-1"));
    }

    @Test
    void writesALargeBody() {
        String large = "x".repeat(16 * 1024 * 1024);

        assertThat(codec.encode(large).body().length()).isEqualTo(large.length() + 2);
    }

    private String json(Object body) {
        return codec.encode(body).body().toString();
    }
}
