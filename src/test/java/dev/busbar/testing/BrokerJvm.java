package dev.busbar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a broker in a JVM of its own, on the same port and folder after each start. Log: {@code target/NAME/<pid of the
 * test JVM>-<number>.log}. The broker's JVM ends with the test JVM. Its main class gets the port and the folder, and
 * says {@code !} on its standard output when it is ready.
 */
public abstract class BrokerJvm implements FaultyBroker {

    /** What the main class says when the broker is ready. */
    public static final int READY = '!';

    private static final AtomicInteger NODES = new AtomicInteger();

    private final int port = FreePort.next();
    private final Class<?> main;
    private final String folder;
    private final Path log;
    private Process process;

    /**
     * Makes a broker that is not started yet.
     *
     * @param name of the folder of its log
     * @param folder of what it stores; empty if it keeps everything in memory
     */
    protected BrokerJvm(String name, Class<?> main, String folder) {
        this.main = main;
        this.folder = folder;
        var logs = Path.of("target", name);
        this.log = logs.resolve(ProcessHandle.current().pid() + "-" + NODES.incrementAndGet() + ".log");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            // Most of what a broker costs in a test is its start.
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            main.getName(),
                            Integer.toString(port),
                            folder)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            awaitReady(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the broker accepts connections. */
    protected void awaitReady(Process started) throws IOException {
        if (started.getInputStream().read() != READY) {
            throw doesNotAnswer();
        }
    }

    protected IllegalStateException doesNotAnswer() {
        return new IllegalStateException("the broker does not answer, see " + log);
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
}
