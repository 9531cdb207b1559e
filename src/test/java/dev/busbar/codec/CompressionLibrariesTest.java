package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.util.Native;
import dev.busbar.config.DatetimeStyle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs each case in a JVM of its own, because a JVM loads a library once. */
class CompressionLibrariesTest {

    /** Prints the decoded zstd body and whether the library was loaded before it, or the exception. */
    public static void main(String[] arguments) {
        try {
            var vertx = Vertx.vertx();
            PayloadCodec.prepare(vertx).await();
            var loaded = Native.isLoaded();
            vertx.close().await();
            var body = new PayloadCodec(DatetimeStyle.ISO, 1_000)
                    .decode(Messages.of("text/plain", "zstd", Map.of(), Buffer.buffer("no zstd")));
            System.out.println(loaded + " " + body.getClass().getSimpleName());
        } catch (UnreadablePayloadException e) {
            System.out.println(Native.isLoaded() + " unreadable");
        } catch (Throwable e) {
            System.out.println(e);
        }
    }

    private static String run(String... options) throws IOException {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CompressionLibrariesTest.class.getName()));
        var process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void areLoadedBeforeTheFirstBodyComes() throws IOException {
        assertThat(run()).isEqualTo("true unreadable");
    }

    @Test
    void withoutAFolderForTemporaryFilesABodyOfZstdStaysAsItIs() throws IOException {
        assertThat(run("-DZstdTempFolder=/nonexistent")).isEqualTo("false BufferImpl");
    }
}
