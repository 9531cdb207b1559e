package dev.busbar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link EmbeddedArtemis} in a JVM of its own, on the same port and journal after each start. Log:
 * {@code target/artemis/<pid of the test JVM>-<number>.log}. It ends with the test JVM.
 */
public final class ArtemisNode implements FaultyBroker {

    private static final AtomicInteger NODES = new AtomicInteger();
    private static final int READY = '!';

    private final int port = FreePort.next();
    private final Path folder;
    private final Path log;
    private Process process;

    private ArtemisNode(Path folder) {
        this.folder = folder;
        var logs = Path.of("target", "artemis");
        this.log = logs.resolve(ProcessHandle.current().pid() + "-" + NODES.incrementAndGet() + ".log");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /** A broker that is running. @param folder of its journal */
    public static ArtemisNode start(Path folder) {
        var node = new ArtemisNode(folder);
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
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (process.getInputStream().read() != READY) {
                throw new IllegalStateException("Artemis does not start, see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri() {
        return "amqp10://guest:guest@127.0.0.1:" + port;
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
            EmbeddedArtemis.started(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
            System.out.write(READY);
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
