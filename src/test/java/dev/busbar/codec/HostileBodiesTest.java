package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that any bytes are either decoded or fail with an {@link UnreadablePayloadException}. */
class HostileBodiesTest {

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, 10_000);

    @Property(tries = 1000)
    void anyBytesAreReadOrUnreadable(
            @ForAll("types") String type, @ForAll("encodings") String encoding, @ForAll byte[] body) {
        decode(Messages.of(type, encoding, Map.of(), Buffer.buffer(body)));
    }

    @Property(tries = 300)
    void aDamagedCompressedBodyIsReadOrUnreadable(
            @ForAll @IntRange(max = 2) int kind, @ForAll @IntRange(max = 100) int place, @ForAll byte damage)
            throws IOException {
        String name = kind == 2 ? "application/x-bz2" : "application/x-gzip";
        byte[] body = compressed(kind);
        body[place % body.length] = damage;

        decode(Messages.of("text/plain", "iso-8859-1", Map.of("compression", name), Buffer.buffer(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e99999999999",
                "[1e99999999999]",
                "{\"__type__\":\"decimal\",\"__value__\":\"1e99999999999\"}",
                "{\"__type__\":\"datetime\",\"__value__\":\"\"}",
                "{\"__type__\":\"uuid\",\"__value__\":{\"hex\":1}}",
            })
    void extremeValuesAreUnreadable(String json) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> codec.decode(Messages.of("application/json", json)));
    }

    /**
     * Over AMQP 1.0 a content encoding may be as long as a message; parsing it took time in the square of its length.
     */
    @Test
    @Timeout(10)
    void aContentEncodingLongerThanThatOfAmqp091IsNotTakenApart() {
        String encoding = "binary,".repeat(130_000);
        Buffer body = Buffer.buffer("{}");

        assertThat(codec.decode(Messages.of("application/json", encoding, Map.of(), body)))
                .isEqualTo(body);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(
                        "x", MultiMap.caseInsensitiveMultiMap().add(BusHeaders.CONTENT_ENCODING, encoding)))
                .withMessageContaining("binary,binary,")
                .satisfies(it -> assertThat(it.getMessage()).hasSizeLessThan(300));
    }

    private void decode(BridgeMessage message) {
        try {
            codec.decode(message);
        } catch (UnreadablePayloadException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    private static byte[] compressed(int kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = kind == 0
                ? new DeflaterOutputStream(bytes)
                : kind == 1 ? new GZIPOutputStream(bytes) : new BZip2CompressorOutputStream(bytes)) {
            out.write(new byte[400]);
        }
        return bytes.toByteArray();
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("application/json", "text/plain", "image/png", "text/plain;charset=", ";", "")
                .injectNull(0.2);
    }

    @Provide
    Arbitrary<String> encodings() {
        return Arbitraries.of("", "utf-8", "gzip", "deflate", ",", " ", "utf-16", "x y")
                .injectNull(0.2);
    }
}
