package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final int BOUND = 100_000;
    private static final JsonObject BODY = new JsonObject().put("a", "b".repeat(50_000));

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, BOUND);

    @Test
    void inflatesWhatKombuNames() throws IOException {
        assertThat(named("application/x-gzip", zlib(BODY.encode()))).isEqualTo(BODY);
        assertThat(named("zlib", zlib(BODY.encode()))).isEqualTo(BODY);
        assertThat(named("application/x-gzip", gzip(BODY.encode()))).isEqualTo(BODY);
        assertThat(named("application/x-bz2", bzip2(BODY.encode()))).isEqualTo(BODY);
        assertThat(named("", Buffer.buffer("{}"))).isEqualTo(new JsonObject());
    }

    @Test
    void inflatesWhatTheContentEncodingNames() throws IOException {
        assertThat(encoded("gzip", gzip(BODY.encode()))).isEqualTo(BODY);
        assertThat(encoded("GZIP, UTF-8", gzip(BODY.encode()))).isEqualTo(BODY);
        assertThat(encoded("gzip:UTF-8", gzip(BODY.encode()))).isEqualTo(BODY);
        assertThat(encoded("deflate", zlib(BODY.encode()))).isEqualTo(BODY);
        assertThat(encoded("deflate", raw(BODY.encode()))).isEqualTo(BODY);
    }

    @Test
    void inflatesUpToTheBoundAndNotOneByteMore() throws IOException {
        String atBound = "x".repeat(BOUND);

        for (Map.Entry<String, Compressor> entry : Map.<String, Compressor>of(
                        "application/x-gzip", CompressionTest::zlib, "application/x-bz2", CompressionTest::bzip2)
                .entrySet()) {
            Compressor compressor = entry.getValue();
            assertThat(text(entry.getKey(), compressor.compress(atBound))).isEqualTo(atBound);
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> text(entry.getKey(), compressor.compress(atBound + "x")))
                    .withMessageContaining("decompression bomb")
                    .withMessageContaining(BOUND + " bytes");
        }
    }

    @Test
    void aBombIsNotInflatedBeyondTheBound() throws IOException {
        Buffer bomb = zlib(new byte[64 * 1024 * 1024]);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> text("application/x-gzip", bomb))
                .withMessageContaining("bomb");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10 * BOUND);
    }

    @Test
    void explainsWhatCannotBeInflated() throws IOException {
        Buffer cut = zlib(BODY.encode());
        Buffer half = cut.slice(0, cut.length() / 2);

        assertUnreadable("application/x-gzip", Buffer.buffer("{}"), "cannot be inflated");
        assertUnreadable("application/x-gzip", half, "cannot be inflated");
        assertUnreadable("application/x-gzip", Buffer.buffer(), "cannot be inflated");
        assertUnreadable("application/x-bz2", Buffer.buffer("BZh9nonsense"), "cannot be inflated");
    }

    @Test
    void theBusDoesNotHearOfACompressionThatIsUndone() {
        BridgeMessage message =
                Messages.of("text/plain", "gzip, UTF-8", Map.of("compression", "application/x-bz2"), Buffer.buffer());

        MultiMap bus = BusHeaders.toBus(message, false, 1);

        assertThat(bus.get(BusHeaders.CONTENT_ENCODING)).isEqualTo("UTF-8");
        assertThat(bus.contains("compression")).isFalse();
    }

    @Test
    void aSenderCannotPromiseACompressionThatIsNotThere() {
        MultiMap encoding = MultiMap.caseInsensitiveMultiMap().add(BusHeaders.CONTENT_ENCODING, "gzip");
        MultiMap header = MultiMap.caseInsensitiveMultiMap().add("compression", "application/x-gzip");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(BODY, encoding))
                .withMessageContaining("amqp-content-encoding: gzip");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(BODY, header))
                .withMessageContaining("compression: application/x-gzip");
        assertThat(codec.encode(Buffer.buffer("zipped"), header).body()).isEqualTo(Buffer.buffer("zipped"));
    }

    private Object named(String compression, Buffer body) {
        return codec.decode(Messages.of("application/json", "utf-8", Map.of("compression", compression), body));
    }

    private Object text(String compression, Buffer body) {
        return codec.decode(Messages.of("text/plain", "utf-8", Map.of("compression", compression), body));
    }

    private Object encoded(String encoding, Buffer body) {
        return codec.decode(Messages.of("application/json", encoding, Map.of(), body));
    }

    private void assertUnreadable(String compression, Buffer body, String problem) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> named(compression, body))
                .withMessageContaining(problem);
    }

    private interface Compressor {
        Buffer compress(String text) throws IOException;
    }

    private interface Wrapper {
        OutputStream wrap(OutputStream out) throws IOException;
    }

    private static Buffer zlib(String text) throws IOException {
        return zlib(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Buffer zlib(byte[] bytes) throws IOException {
        return compress(bytes, DeflaterOutputStream::new);
    }

    private static Buffer raw(String text) throws IOException {
        return compress(
                text.getBytes(StandardCharsets.UTF_8), out -> new DeflaterOutputStream(out, new Deflater(9, true)));
    }

    private static Buffer gzip(String text) throws IOException {
        return compress(text.getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new);
    }

    private static Buffer bzip2(String text) throws IOException {
        return compress(text.getBytes(StandardCharsets.UTF_8), BZip2CompressorOutputStream::new);
    }

    private static Buffer compress(byte[] bytes, Wrapper wrapper) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = wrapper.wrap(compressed)) {
            out.write(bytes);
        }
        return Buffer.buffer(compressed.toByteArray());
    }
}
