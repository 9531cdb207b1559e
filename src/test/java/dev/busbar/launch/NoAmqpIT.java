package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends bytes that are not AMQP to the embedded broker's port of the packed jar. */
class NoAmqpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TIMES = 20;
    private static final int GARBAGE_BYTES = 200;
    private static final int ANSWER_MILLIS = 50;

    private static final List<String> BEGINNINGS = List.of(
            "",
            "GET / HTTP/1.1\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000",
            "AMQP\u0009\u0009\u0009\u0009",
            "AMQP\u0000\u0000\u0009\u0001",
            "AMQP\u0000\u0001\u0000\u0000",
            "AMQP\u0003\u0001\u0000\u0000");

    @TempDir
    private Path folder;

    @Test
    void fillsNoLog() throws Exception {
        var port = FreePort.next();
        var config = Files.writeString(
                folder.resolve("busbar.yaml"),
                "broker: {embedded: {port: " + port + "}}\nmanagement: {enabled: false}\n");
        try (var run = Command.start("java -jar target/busbar.jar run --config " + config)) {
            run.printing("Ctrl-C stops it.", PATIENCE);
            var random = new Random(17);

            for (var beginning : BEGINNINGS) {
                for (var n = 0; n < TIMES; n++) {
                    var garbage = new byte[n == 0 ? 0 : GARBAGE_BYTES];
                    random.nextBytes(garbage);
                    send(port, beginning.getBytes(StandardCharsets.ISO_8859_1), garbage);
                }
            }

            run.signal("TERM");
            assertThat(run.exit()).isZero();
            assertThat(run.err()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    private static void send(int port, byte[] beginning, byte[] rest) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(beginning);
            socket.getOutputStream().write(rest);
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The broker has closed the connection or has not answered.
        }
    }
}
