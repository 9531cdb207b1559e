package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.BodyMode;
import dev.busbar.config.DatetimeStyle;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of a route that says what they are, whatever their content type says. */
class BodyModeTest {

    private static final List<String> CONTENT_TYPES =
            List.of("", "application/json", "text/plain", "application/octet-stream", "application/x-python-serialize");

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, 1_000_000);

    @Property
    void bytesAreReadAsTheyAreWhateverTheContentType(@ForAll byte[] body) {
        for (String contentType : CONTENT_TYPES) {
            assertThat(decode(BodyMode.BYTES, contentType, "", Buffer.buffer(body)))
                    .isEqualTo(Buffer.buffer(body));
        }
    }

    @Property
    void textThatIsWrittenIsReadAsTheSame(@ForAll String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        for (String contentType : CONTENT_TYPES) {
            PayloadCodec.Encoded encoded = encode(BodyMode.TEXT, whole, contentType);
            assertThat(encoded.body()).isEqualTo(Buffer.buffer(whole));
            assertThat(encoded.contentType()).isEqualTo(contentType.isEmpty() ? "text/plain" : contentType);
            assertThat(decode(BodyMode.TEXT, encoded.contentType(), "", encoded.body()))
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "text/plain", "application/x-yaml"})
    void jsonIsWrittenAndReadAsSuchWhateverTheContentType(String contentType) {
        for (Object body : List.of(new JsonObject().put("ü", 1), new JsonArray().add(1), "text", 7, true)) {
            PayloadCodec.Encoded encoded = encode(BodyMode.JSON, body, contentType);
            assertThat(encoded.contentType()).isEqualTo(contentType.isEmpty() ? "application/json" : contentType);
            assertThat(decode(BodyMode.JSON, contentType, "", encoded.body())).isEqualTo(body);
        }
    }

    @Test
    void theCharsetIsThatOfTheContentTypeOrTheContentEncoding() {
        Buffer latin = Buffer.buffer("ü".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(decode(BodyMode.TEXT, "application/csv; charset=latin-1", "", latin))
                .isEqualTo("ü");
        assertThat(decode(BodyMode.TEXT, "application/octet-stream", "latin-1", latin))
                .isEqualTo("ü");
        assertThat(encode(BodyMode.TEXT, "ü", "application/csv; charset=latin-1")
                        .body())
                .isEqualTo(latin);
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT, text/plain, '', \u00ff, is not UTF-8 text",
        "TEXT, text/plain; charset=klingon, '', a, charset or compression is not known",
        "TEXT, text/plain, snappy, a, charset or compression is not known",
        "JSON, text/plain, '', {a, is not application/json",
        "JSON, '', snappy, 1, charset or compression is not known",
    })
    void whatIsNotOfTheModeIsUnreadable(BodyMode mode, String type, String encoding, String body, String problem) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(
                        () -> decode(mode, type, encoding, Buffer.buffer(body.getBytes(StandardCharsets.ISO_8859_1))))
                .withMessageContaining(problem);
    }

    @Test
    void textIsInflatedAndBytesAreNot() {
        Buffer deflated = deflated("hello");

        assertThat(decode(BodyMode.TEXT, "application/octet-stream", "deflate", deflated))
                .isEqualTo("hello");
        assertThat(decode(BodyMode.BYTES, "text/plain", "deflate", deflated)).isEqualTo(deflated);
        BridgeMessage message = message("text/plain", "deflate", deflated);
        assertThat(BusHeaders.toBus(message, false, 1, BodyMode.BYTES).get(BusHeaders.CONTENT_ENCODING))
                .isEqualTo("deflate");
        assertThat(BusHeaders.toBus(message, false, 1, BodyMode.TEXT).get(BusHeaders.CONTENT_ENCODING))
                .isNull();
    }

    @Test
    void kombusCompressionStaysBesideBytes() {
        BridgeMessage message = Messages.of(null, null, Map.of("compression", "application/x-gzip"), deflated("hello"));

        assertThat(BusHeaders.toBus(message, false, 1, BodyMode.BYTES).get("compression"))
                .isEqualTo("application/x-gzip");
        assertThat(BusHeaders.toBus(message, false, 1, BodyMode.JSON).get("compression"))
                .isNull();
    }

    @Test
    void otherBodiesAreNotWritten() {
        for (Object body : List.of("text", new JsonObject(), 7)) {
            assertRefused(BodyMode.BYTES, body, "sends bytes only; send a Buffer");
        }
        for (Object body : List.of(new JsonObject(), 7, Buffer.buffer("text"), new byte[1])) {
            assertRefused(BodyMode.TEXT, body, "sends text only; send a String");
        }
        assertRefused(BodyMode.JSON, Buffer.buffer("{}"), "sends JSON only; send a JsonObject");
        assertRefused(BodyMode.BYTES, null, "a null body");
        assertThat(encode(BodyMode.JSON, null, "").body()).isEqualTo(Buffer.buffer("null"));
    }

    @Test
    void bytesAreOfAnyContentTypeAndMayBeCompressed() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(BusHeaders.CONTENT_ENCODING, "gzip");
        Buffer body = Buffer.buffer("{");

        assertThat(codec.encode(body, headers, BodyMode.BYTES))
                .isEqualTo(new PayloadCodec.Encoded(body, "application/octet-stream"));
        assertThat(encode(BodyMode.BYTES, body, "application/json"))
                .isEqualTo(new PayloadCodec.Encoded(body, "application/json"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode("a", headers, BodyMode.TEXT))
                .withMessageContaining("says that the body is compressed");
    }

    private void assertRefused(BodyMode mode, Object body, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encode(mode, body, ""))
                .withMessageContaining(text);
    }

    private PayloadCodec.Encoded encode(BodyMode mode, Object body, String contentType) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (!contentType.isEmpty()) {
            headers.add(BusHeaders.CONTENT_TYPE, contentType);
        }
        return codec.encode(body, headers, mode);
    }

    private Object decode(BodyMode mode, String contentType, String contentEncoding, Buffer body) {
        return codec.decode(message(contentType, contentEncoding, body), mode);
    }

    private static BridgeMessage message(String contentType, String contentEncoding, Buffer body) {
        return Messages.of(contentType, contentEncoding, Map.of(), body);
    }

    private static Buffer deflated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
