package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.busbar.config.DatetimeStyle;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecodingTest {

    private static final String JSON = "application/json";

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, 64 * 1024 * 1024);

    @ParameterizedTest
    @ValueSource(
            strings = {JSON, "Application/JSON; charset=\"UTF-8\"", "application/vnd.build+json", "application/json;v=1"
            })
    void readsJsonUnderAllItsNames(String contentType) {
        Object body = decode(contentType, "{\"id\": 7, \"tags\": [\"ü\", null, true], \"in\": {\"x\": 1.5}}");

        assertThat(body)
                .isEqualTo(new JsonObject()
                        .put("id", 7)
                        .put("tags", new JsonArray().add("ü").addNull().add(true))
                        .put("in", new JsonObject().put("x", 1.5)));
    }

    @Test
    void readsEveryJsonValueAsSomethingTheEventBusCarries() {
        assertThat(decode(JSON, "[1]")).isEqualTo(new JsonArray().add(1));
        assertThat(decode(JSON, "\"a\"")).isEqualTo("a");
        assertThat(decode(JSON, " 7 ")).isEqualTo(7);
        assertThat(decode(JSON, "5000000000")).isEqualTo(5_000_000_000L);
        assertThat(decode(JSON, "1.5")).isEqualTo(1.5);
        assertThat(decode(JSON, "false")).isEqualTo(false);
        assertThat(decode(JSON, "null")).isNull();
        assertThat(decode(JSON, "1e400")).isEqualTo("1E+400");
        assertThat(decode(JSON, "18446744073709551616")).isEqualTo("18446744073709551616");
    }

    @Test
    void keepsNumbersThatAreTooLargeForLongAndDouble() {
        JsonObject body = (JsonObject) decode(JSON, "{\"big\": 18446744073709551616, \"huge\": 1e400}");

        assertThat(body.getValue("big")).isEqualTo(new BigInteger("18446744073709551616"));
        assertThat(body.getValue("huge")).isEqualTo(new BigDecimal("1e400"));
    }

    @Test
    void ofDuplicateKeysTheLastCounts() {
        assertThat(decode(JSON, "{\"a\": 1, \"a\": 2}")).isEqualTo(new JsonObject().put("a", 2));
    }

    @Test
    void whatItReadsCanBeCopiedAsTheEventBusCopies() {
        String body = "{\"t\":{\"__type__\":\"datetime\",\"__value__\":\"2014-03-01T12:00:00\"},"
                + "\"b\":{\"__type__\":\"bytes\",\"__value__\":\"x\"},\"d\":{\"__type__\":\"decimal\",\"__value__\":\"1\"}}";

        JsonObject read = (JsonObject) decode(JSON, body);

        assertThat(read.copy()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1} x | (line 1, column 10)",
                "{} {} | more follows",
                "{\"a\": | line 1",
                "nonsense | not application/json",
                "NaN | not application/json",
                "'' | it is empty",
            })
    void explainsWhatIsNotJson(String body, String problem) {
        assertUnreadable(JSON, body, "body of", problem);
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        assertThat(decode(JSON, "[".repeat(900) + "]".repeat(900))).isInstanceOf(JsonArray.class);
        assertUnreadable(JSON, "[".repeat(901) + "]".repeat(901), "depth");
    }

    @Test
    void jsonIsUtf8UnlessItsBytesShowAnotherUnicodeForm() {
        assertUnreadable("application/json; charset=latin1", "{}", "ISO-8859-1", "UTF-8 only");
        assertUnreadable("application/json; charset=klingon", "{}", "'klingon'");
        assertThat(codec.decode(Messages.of(JSON, Buffer.buffer("{\"a\":1}", "UTF-16BE"))))
                .isEqualTo(new JsonObject().put("a", 1));
        assertThat(decode(JSON, "\uFEFF{}")).isEqualTo(new JsonObject());
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> codec.decode(Messages.of(JSON, Buffer.buffer(new byte[] {'"', (byte) 0xff, '"'}))));
    }

    @Test
    void withoutContentTypeReadsJsonElseBytes() {
        Buffer binary = Buffer.buffer(new byte[] {1, (byte) 0xff, 0});

        assertThat(decode(null, "{\"a\": 1}")).isEqualTo(new JsonObject().put("a", 1));
        assertThat(decode("", "12")).isEqualTo(12);
        assertThat(decode(null, "hello")).isEqualTo(Buffer.buffer("hello"));
        assertThat(decode(null, "{} {}")).isEqualTo(Buffer.buffer("{} {}"));
        assertThat(codec.decode(Messages.of(null, binary))).isEqualTo(binary);
        assertThat(decode(null, "")).isEqualTo(Buffer.buffer());
    }

    @Test
    void readsTextByItsCharset() {
        Buffer latin = Buffer.buffer("größe", "ISO-8859-1");

        assertThat(decode("text/plain", "größe")).isEqualTo("größe");
        assertThat(decode("text/plain", "")).isEqualTo("");
        assertThat(decode("application/text", "a")).isEqualTo("a");
        assertThat(codec.decode(Messages.of("text/csv; header=present; charset=iso-8859-1", latin)))
                .isEqualTo("größe");
        assertThat(codec.decode(Messages.of("text/plain", "iso-8859-1", Map.of(), latin)))
                .isEqualTo("größe");
    }

    @Test
    void refusesTextThatIsMalformed() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> codec.decode(Messages.of("text/plain", Buffer.buffer("größe", "ISO-8859-1"))))
                .withMessageContaining("text/plain")
                .withMessageContaining("UTF-8");
        assertUnreadable("text/plain; charset=klingon", "x", "'klingon'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/data", "image/png", "application/xml", "odd"})
    void handsOnOtherTypesAsBytes(String contentType) {
        assertThat(decode(contentType, "{\"a\": 1}")).isEqualTo(Buffer.buffer("{\"a\": 1}"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-python-serialize, pickle",
        "Application/X-Python-Serialize; v=2, pickle",
        "application/x-yaml, YAML",
        "application/x-java-serialized-object, serialized Java",
        "application/x-msgpack, MessagePack",
    })
    void refusesFormatsThatCanRunCode(String contentType, String name) {
        assertUnreadable(contentType, "\u0080\u0002}q\u0000.", "refused", name, "application/json");
    }

    @Test
    void refusesAnUnknownContentEncoding() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> codec.decode(Messages.of(JSON, "br", Map.of(), Buffer.buffer("{}"))))
                .withMessageContaining("'br'");
        assertThat(codec.decode(Messages.of(JSON, "binary", Map.of(), Buffer.buffer("{}"))))
                .isEqualTo(new JsonObject());
    }

    @Test
    void readsALargeBodyWithoutMovingTheBuffer() {
        Buffer large = Buffer.buffer("\"" + "x".repeat(16 * 1024 * 1024) + "\"");

        assertThat((String) codec.decode(Messages.of(JSON, large))).hasSize(16 * 1024 * 1024);
        assertThat((String) codec.decode(Messages.of(null, large))).hasSize(16 * 1024 * 1024);
        assertThat((Buffer) codec.decode(Messages.of("image/png", large))).isEqualTo(large);
    }

    @Test
    void readsMemoryOutsideTheHeapAndSlices() {
        byte[] json = "##{\"a\":1}##".getBytes(StandardCharsets.UTF_8);
        Buffer direct = BufferInternal.buffer(Unpooled.directBuffer().writeBytes(json, 2, 7));
        Buffer slice = Buffer.buffer(json).slice(2, 9);

        assertThat(codec.decode(Messages.of(JSON, direct))).isEqualTo(new JsonObject().put("a", 1));
        assertThat(codec.decode(Messages.of(JSON, direct))).isEqualTo(new JsonObject().put("a", 1));
        assertThat(codec.decode(Messages.of(JSON, slice))).isEqualTo(new JsonObject().put("a", 1));
    }

    private Object decode(String contentType, String body) {
        return codec.decode(Messages.of(contentType, body));
    }

    private void assertUnreadable(String contentType, String body, String... parts) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> decode(contentType, body))
                .satisfies(e -> assertThat(e.reason()).contains(parts))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }
}
