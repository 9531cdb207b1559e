package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the compressions that need a library besides the JDK and commons-compress. */
@ParameterizedClass
@CsvSource({"zstd, application/zstd", "br, application/x-brotli", "xz, application/x-lzma"})
class ForeignCompressionTest {

    private static final int BOUND = 100_000;
    private static final JsonObject BODY = new JsonObject().put("a", "b".repeat(50_000));

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, BOUND);

    @Parameter(0)
    String encoding;

    @Parameter(1)
    String header;

    @BeforeEach
    void requireLibrary() {
        assumeTrue(Compression.inContentEncoding(encoding).isReadable(), "no library for " + encoding + " is here");
    }

    private Buffer compressed(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        switch (encoding) {
            case "zstd" -> {
                try (var zstd = new ZstdCompressorOutputStream(out)) {
                    zstd.write(bytes);
                }
            }
            case "xz" -> {
                try (var xz = new XZCompressorOutputStream(out)) {
                    xz.write(bytes);
                }
            }
            default -> brotli(bytes, out);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /** Writes uncompressed blocks (RFC 7932, 9.2), because no encoder is written in Java alone. */
    private static void brotli(byte[] bytes, ByteArrayOutputStream out) {
        for (int from = 0; from < bytes.length; from += 1 << 16) {
            int length = Math.min(1 << 16, bytes.length - from);
            // One bit for the window size before the first block, and seven bits of padding after the last.
            int head = (length - 1) << 3 | 1 << 19;
            int bits = from == 0 ? head << 1 : head;
            for (int i = 0; i < 3; i++) {
                out.write(bits >> 8 * i);
            }
            out.write(bytes, from, length);
        }
        out.write(3);
    }

    private Object text(Buffer body) {
        return codec.decode(Messages.of("text/plain", encoding + ", utf-8", Map.of(), body));
    }

    @Test
    void isReadByItsContentEncodingAndByKombusHeader() throws IOException {
        BridgeMessage encoded =
                Messages.of("application/json", encoding + ", utf-8", Map.of(), compressed(BODY.encode()));
        BridgeMessage named =
                Messages.of("application/json", "utf-8", Map.of("compression", header), compressed(BODY.encode()));

        assertThat(codec.decode(encoded)).isEqualTo(BODY);
        assertThat(BusHeaders.toBus(encoded, false, 1).get(BusHeaders.CONTENT_ENCODING))
                .isEqualTo("utf-8");
        assertThat(codec.decode(named)).isEqualTo(BODY);
        assertThat(BusHeaders.toBus(named, false, 1).contains("compression")).isFalse();
    }

    @Test
    void isReadUpToTheBoundAndNotOneByteMore() throws IOException {
        assertThat(text(compressed("x".repeat(BOUND)))).isEqualTo("x".repeat(BOUND));
        Buffer more = compressed("x".repeat(BOUND + 1));
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> text(more))
                .withMessageContaining("decompression bomb");
    }

    @Test
    void aBombIsNotInflatedBeyondTheBound() throws IOException {
        Buffer bomb = compressed("x".repeat(8 << 20));
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        int dictionary = 9 << 20;

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> text(bomb))
                .withMessageContaining("bomb");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(dictionary + 10 * BOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void whatIsCutOffOrNonsenseIsUnreadable(int length) throws IOException {
        Buffer whole = compressed(BODY.encode().substring(0, 1_000));
        Buffer cut = Buffer.buffer(whole.getBytes(0, Math.min(length, whole.length() - 1)));

        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> text(cut))
                .withMessageContaining("cannot be inflated");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() ->
                        text(Buffer.buffer("nonsense, and more of it".repeat(3).substring(0, length + 5))))
                .withMessageContaining("cannot be inflated");
    }
}
