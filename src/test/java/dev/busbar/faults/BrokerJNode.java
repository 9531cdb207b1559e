package dev.busbar.faults;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.Signal;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Broker-J with the durable store in a JVM of its own, on the same port and store after each start. Log:
 * {@code target/broker-j/<pid of the test JVM>-<number>.log}. It ends with the test JVM.
 */
final class BrokerJNode implements FaultyBroker {

    private static final AtomicInteger NODES = new AtomicInteger();
    private static final int READY = '!';

    private final int port = FreePort.next();
    private final Path store;
    private final Path log;
    private Process process;

    private BrokerJNode(Path store) {
        this.store = store;
        var folder = Path.of("target", "broker-j");
        this.log = folder.resolve(ProcessHandle.current().pid() + "-" + NODES.incrementAndGet() + ".log");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /** A broker that is running. */
    static BrokerJNode start(Path store) {
        var node = new BrokerJNode(store);
        node.start();
        return node;
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Broker.class.getName(),
                            Integer.toString(port),
                            store.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (process.getInputStream().read() != READY) {
                throw new IllegalStateException("Broker-J does not start, see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/default";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void pause() {
        Signal.STOP.to(process);
    }

    @Override
    public void resume() {
        Signal.CONT.to(process);
    }

    @Override
    public void close() {
        kill();
    }

    /** The other JVM: says that it is ready, and ends when nobody holds its standard input any more. */
    static final class Broker {

        private Broker() {}

        public static void main(String[] arguments) throws IOException {
            var port = Integer.parseInt(arguments[0]);
            var config = new EmbeddedConfig("127.0.0.1", port, arguments[1], "guest", new Secret("guest"));
            var broker = EmbeddedBroker.start(Vertx.vertx(), config).await();
            if (broker.port() != port) {
                broker.notice().ifPresent(System.err::println);
                Runtime.getRuntime().halt(1);
            }
            System.out.write(READY);
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
