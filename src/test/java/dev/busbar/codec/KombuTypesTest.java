package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KombuTypesTest {

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.KOMBU, 1024);

    @ParameterizedTest
    @CsvSource({
        "2014-03-01T12:00:00+00:00, 2014-03-01T12:00:00Z",
        "2014-03-01T12:00:00, 2014-03-01T12:00:00Z",
        "2014-03-01 12:00:00, 2014-03-01T12:00:00Z",
        "2014-03-01T12:00:00.123456+02:00, 2014-03-01T10:00:00.123456Z",
        "2014-03-01T12:00:00-05:53:28, 2014-03-01T17:53:28Z",
        "2014-03-01T12:00:00Z, 2014-03-01T12:00:00Z",
    })
    void datetimesBecomeInstants(String written, String instant) {
        assertThat(read("datetime", written).getInstant("v")).isEqualTo(Instant.parse(instant));
        assertThat(read("datetime", written).getMap().get("v")).isInstanceOf(Instant.class);
    }

    @Test
    void datetimesAreFoundAnywhere() {
        JsonArray body = (JsonArray) decode("[[{\"at\": " + typed("datetime", "\"2014-03-01T12:00:00\"") + "}]]");

        assertThat(body.getJsonArray(0).getJsonObject(0).getInstant("at"))
                .isEqualTo(Instant.parse("2014-03-01T12:00:00Z"));
    }

    @Test
    void aBodyThatIsOneDatetimeIsItsText() {
        assertThat(decode(typed("datetime", "\"2014-03-01T12:00:00\""))).isEqualTo("2014-03-01T12:00:00Z");
    }

    @Test
    void otherTypesLoseNothing() {
        assertThat(read("date", "2014-03-01").getValue("v")).isEqualTo("2014-03-01");
        assertThat(read("time", "12:00:00.5").getValue("v")).isEqualTo("12:00:00.5");
        assertThat(read("decimal", "1.10").getMap().get("v")).isEqualTo(new BigDecimal("1.10"));
        assertThat(read("bytes", "ü").getBuffer("v")).isEqualTo(Buffer.buffer("ü"));
        assertThat(read("base64", "/+8=").getBuffer("v")).isEqualTo(Buffer.buffer(new byte[] {-1, -17}));
        assertThat(decode("[" + typed("uuid", "{\"hex\":\"0123456789abcdef0123456789ABCDEF\",\"version\":4}") + "]"))
                .isEqualTo(new JsonArray().add("01234567-89ab-cdef-0123-456789ABCDEF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__type__\":\"money\",\"__value__\":\"1\"}",
                "{\"__type__\":\"datetime\",\"__value__\":7}",
                "{\"__type__\":\"datetime\",\"other\":\"x\"}",
                "{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00\",\"more\":1}",
                "{\"__type__\":\"decimal\",\"__value__\":\"NaN\"}",
            })
    void whatIsNotOneOfThemStaysAnObject(String json) {
        assertThat(decode(json)).isEqualTo(new JsonObject(json));
    }

    @ParameterizedTest
    @CsvSource({"datetime, yesterday", "datetime, 2014-13-01T12:00:00", "decimal, one", "base64, ?"})
    void explainsAValueThatIsNotOfItsType(String type, String value) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(type, value))
                .withMessageContaining("kombu " + type);
    }

    private JsonObject read(String type, String value) {
        return (JsonObject) decode("{\"v\": " + typed(type, '"' + value + '"') + "}");
    }

    private Object decode(String json) {
        return codec.decode(Messages.of("application/json", json));
    }

    private static String typed(String type, String value) {
        return "{\"__type__\": \"" + type + "\", \"__value__\": " + value + "}";
    }
}
