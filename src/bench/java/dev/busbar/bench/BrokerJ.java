package dev.busbar.bench;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;

/**
 * Broker-J in a JVM of its own, which ends with this one. All is in memory: the durable store takes a thousand messages
 * a second, so that nothing but its disk would be measured.
 */
final class BrokerJ implements AutoCloseable {

    private static final String READY = "LISTENING ";

    private final Process process;
    private final String uri;

    private BrokerJ(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    static BrokerJ start() throws IOException {
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx8g",
                        "-XX:MaxDirectMemorySize=3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerJ.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (var line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerJ(process, line.substring(READY.length()));
            }
        }
        throw new IllegalStateException("Broker-J does not start");
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
            // Nothing is said to it.
        }
        Runtime.getRuntime().halt(0);
    }
}
