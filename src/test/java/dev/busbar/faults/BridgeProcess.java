package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

import dev.busbar.testing.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One life of a bridge in a JVM of its own, to be killed. What it says goes to a listener, one line at a time. */
final class BridgeProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Thread reader;
    private volatile boolean ready;
    private volatile IOException unheard;

    /**
     * @param config a file with what its verticle is deployed with
     * @param send how many messages it sends to address {@code out}
     * @param listener told the words of each line
     */
    BridgeProcess(Path config, int send, Consumer<String[]> listener) throws IOException {
        this(BridgeMain.class, config, Integer.toString(send), listener);
    }

    /** @param main says {@code ready} when it is */
    BridgeProcess(Class<?> main, Path config, String argument, Consumer<String[]> listener) throws IOException {
        this(List.of(), main, config, argument, listener);
    }

    /** @param before what the command begins with, and becomes Java */
    BridgeProcess(List<String> before, Class<?> main, Path config, String argument, Consumer<String[]> listener)
            throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                // It does not live long enough for more.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                config.toString(),
                argument));
        process = new ProcessBuilder(command)
                .redirectError(config.resolveSibling("bridge.log").toFile())
                .start();
        reader = new Thread(() -> listen(process.inputReader(), listener), "bridge output");
        reader.start();
        try {
            await().atMost(PATIENCE).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError("it ended with " + process.exitValue());
                }
                return ready;
            });
        } catch (Throwable e) {
            kill();
            throw new AssertionError(
                    "the bridge is not ready: " + e.getMessage() + "\n"
                            + Files.readString(config.resolveSibling("bridge.log")),
                    e);
        }
    }

    private void listen(BufferedReader lines, Consumer<String[]> listener) {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) {
                    ready = true;
                } else {
                    listener.accept(line.split(" "));
                }
            }
        } catch (IOException e) {
            unheard = e;
        }
    }

    void tell(String command) {
        var commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        commands.println(command);
    }

    /** Holds it, connections and all. */
    void pause() {
        Signal.STOP.to(process);
    }

    void resume() {
        Signal.CONT.to(process);
    }

    /** Returns its exit code when it has ended by itself, and all it has said has been heard. */
    int awaitEnd() {
        awaitHeard();
        return process.exitValue();
    }

    /** With signal 9; returns when all it has said has been heard. */
    void kill() {
        // Process.destroyForcibly() would also close the stream, with what has been said and not been read yet.
        process.toHandle().destroyForcibly();
        awaitHeard();
    }

    private void awaitHeard() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() && !reader.isAlive());
        if (unheard != null) {
            throw new AssertionError("not all that the process said was heard", unheard);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
