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
    void jsonIsUtf8UnlessACharsetOrItsBytesShowAnother() {
        assertThat(codec.decode(
                        Messages.of("application/json; charset=latin1", Buffer.buffer("[\"ö\"]", "ISO-8859-1"))))
                .isEqualTo(new JsonArray().add("ö"));
        assertThat(codec.decode(Messages.of(JSON, "latin-1", Map.of(), Buffer.buffer("[\"ö\"]", "ISO-8859-1"))))
                .isEqualTo(new JsonArray().add("ö"));
        assertThat(codec.decode(Messages.of(JSON, "utf-8-sig", Map.of(), Buffer.buffer("\uFEFF{}"))))
                .isEqualTo(new JsonObject());
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
    void aCharsetThatIsEmptyIsNone() {
        assertThat(decode("text/plain; charset=", "größe")).isEqualTo("größe");
        assertThat(decode("application/json;charset=\"\"", "{}")).isEqualTo(new JsonObject());
        var blank = Messages.of("text/plain", " , ", Map.of(), Buffer.buffer("größe"));
        assertThat(codec.decode(blank)).isEqualTo("größe");
        assertThat(BusHeaders.toBus(blank, false, 1).contains(BusHeaders.CONTENT_ENCODING))
                .isFalse();
        assertThat(codec.encode("größe", "text/plain; charset= ").body()).isEqualTo(Buffer.buffer("größe"));
    }

    @Test
    void refusesTextThatIsMalformed() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> codec.decode(Messages.of("text/plain", Buffer.buffer("größe", "ISO-8859-1"))))
                .withMessageContaining("text/plain")
                .withMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "latin-1, ISO-8859-1",
        "latin1, ISO-8859-1",
        "L1, ISO-8859-1",
        "iso8859_1, ISO-8859-1",
        "8859, ISO-8859-1",
        "iso_8859_15, ISO-8859-15",
        "latin-9, ISO-8859-15",
        "utf8, UTF-8",
        "UTF_8, UTF-8",
        "U8, UTF-8",
        "utf8mb4, UTF-8",
        "utf_16_le, UTF-16LE",
        "utf-16-be, UTF-16BE",
        "cp1252, windows-1252",
        "iso8859, ISO-8859-1",
        "latin, ISO-8859-1",
        "utf8mb3, UTF-8",
        "ucs4, UTF-32",
        "macintosh, x-MacRoman",
        "windows_1252, windows-1252",
        "mac_roman, x-MacRoman",
        "koi8_r, KOI8-R",
        "Windows-1252, windows-1252"
    })
    void readsTextByAnyUsualNameOfItsCharset(String name, String charset) {
        Buffer body = Buffer.buffer("Grüße".substring(0, charset.startsWith("KOI") ? 2 : 5), charset);
        String text = body.toString(charset);

        assertThat(codec.decode(Messages.of("text/plain", name, Map.of(), body)))
                .isEqualTo(text);
        assertThat(codec.decode(Messages.of("text/plain; charset=" + name, body)))
                .isEqualTo(text);
        assertThat(codec.encode(text, "text/plain; charset=" + name).body()).isEqualTo(body);
    }

    /** For these names the JVM has charsets of IBM, which lack the characters used here. */
    @ParameterizedTest
    @CsvSource({"cp932, windows-31j, ①㈱", "CP-949, x-windows-949, 똠", "uhc, x-windows-949, 똠", "cp950, x-windows-950, €"
    })
    void aCodePageIsThatOfWindows(String name, String charset, String text) {
        assertThat(codec.decode(Messages.of("text/plain", name, Map.of(), Buffer.buffer(text, charset))))
                .isEqualTo(text);
    }

    @Test
    void aSignatureIsNoPartOfTheText() {
        Buffer signed = Buffer.buffer("\uFEFFgrün");

        assertThat(codec.decode(Messages.of("text/plain", "utf-8-sig", Map.of(), signed)))
                .isEqualTo("grün");
        assertThat(codec.decode(Messages.of("text/plain", "UTF_8_SIG", Map.of(), Buffer.buffer("grün"))))
                .isEqualTo("grün");
        assertThat(codec.decode(Messages.of("text/plain", "utf-8", Map.of(), signed)))
                .isEqualTo("\uFEFFgrün");
        assertThat(codec.encode("grün", "text/plain; charset=utf-8-sig").body()).isEqualTo(signed);
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

    @ParameterizedTest
    @CsvSource({
        "application/octet-stream, lz4",
        "application/json, aes128gcm",
        "text/plain, base64",
        "text/plain, rot13",
        "application/json, 'aes, gzip'",
        "application/json, 'gzip, aes'",
        "application/json, 'gzip, deflate'",
        "text/plain; charset=klingon, utf-8",
        "application/json; charset=klingon, ",
        ", None",
    })
    void handsOnWhatIsEncodedInAnUnknownWayAsItIs(String contentType, String contentEncoding) {
        Buffer body = Buffer.buffer(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 1});
        BridgeMessage message = Messages.of(contentType, contentEncoding, Map.of("compression", "gzip"), body);

        assertThat(codec.decode(message)).isEqualTo(body);
        assertThat(BusHeaders.toBus(message, false, 1).get(BusHeaders.CONTENT_ENCODING))
                .isEqualTo(contentEncoding);
        assertThat(BusHeaders.toBus(message, false, 1).get("compression")).isEqualTo("gzip");
    }

    @Test
    void neutralEncodingsSayNothing() {
        assertThat(codec.decode(Messages.of(JSON, "binary", Map.of(), Buffer.buffer("{}"))))
                .isEqualTo(new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "none", "application/x-rot13", "level 9", "GZIP", "zstd", "xz"})
    void aHeaderThatHappensToBeCalledCompressionIsAHeader(String value) {
        BridgeMessage message = Messages.of(JSON, "utf-8", Map.of("compression", value), Buffer.buffer("{}"));

        assertThat(codec.decode(message)).isEqualTo(new JsonObject());
        assertThat(BusHeaders.toBus(message, false, 1).get("compression")).isEqualTo(value);
        assertThat(codec.decode(Messages.of(JSON, null, Map.of("compression", 9), Buffer.buffer("{}"))))
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
