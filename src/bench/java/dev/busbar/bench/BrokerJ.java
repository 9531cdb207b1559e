package dev.busbar.bench;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/**
 * Broker-J in a JVM of its own, which ends with this one. All is in memory: the durable store takes a thousand messages
 * a second, so that nothing but its disk would be measured.
 */
final class BrokerJ implements AutoCloseable {

    private static final String READY = "LISTENING ";
    private static final String COLLECTED = "COLLECTED";

    private final Process process;
    private final BufferedReader output;
    private final String uri;

    private BrokerJ(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.uri = read(READY);
    }

    static BrokerJ start() throws IOException {
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xms10g",
                        "-Xmx10g",
                        "-Xmn4g",
                        "-XX:+UseParallelGC",
                        "-XX:MaxDirectMemorySize=3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerJ.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new BrokerJ(process);
    }

    private String read(String mark) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(mark)) {
                return line.substring(mark.length());
            }
        }
        throw new IllegalStateException("Broker-J has ended");
    }

    /** Has it collect its garbage now, so that what one contestant leaves does not slow the next. */
    void collect() throws IOException {
        process.outputWriter().append('\n').flush();
        read(COLLECTED);
    }

    /** For AMQP 0-9-1; it speaks 1.0 on the same port. */
    String uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** The other JVM. */
    public static void main(String[] arguments) throws IOException {
        var config = new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest"));
        System.out.println(
                READY + EmbeddedBroker.start(Vertx.vertx(), config).await().uri());
        while (System.in.read() >= 0) {
            System.gc();
            System.out.println(COLLECTED);
        }
        Runtime.getRuntime().halt(0);
    }
}
