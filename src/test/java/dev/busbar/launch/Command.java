package dev.busbar.launch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Runs a command line in a process of its own, as a shell would; {@code java} with its first compiler only, as most of
 * what a JVM costs in a test is its start. Kills the process if it still runs at the end.
 */
public final class Command implements AutoCloseable {

    private static final Pattern JAVA = Pattern.compile("(?<=^|[\\s/'])java'? (?=-)");

    private final String line;
    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final Thread outReader;
    private final Thread errReader;

    private Command(String line, Consumer<ProcessBuilder> setting) throws IOException {
        this.line = line;
        var shell = new ProcessBuilder(
                "sh", "-c", "exec " + JAVA.matcher(line).replaceAll("$0-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "));
        setting.accept(shell);
        this.process = shell.start();
        this.outReader = reader(process.getInputStream(), out);
        this.errReader = reader(process.getErrorStream(), err);
    }

    public static Command start(String line) throws IOException {
        return start(line, shell -> {});
    }

    /** @param setting sets the environment and the folder of the process */
    public static Command start(String line, Consumer<ProcessBuilder> setting) throws IOException {
        return new Command(line, setting);
    }

    private static Thread reader(InputStream from, StringBuffer to) {
        var thread = new Thread(() -> {
            var chunk = new byte[4096];
            try (from) {
                for (var read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                    to.append(new String(chunk, 0, read, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** The process that it has started first; for a command that starts another one to wait for it. */
    public ProcessHandle child() {
        return process.children().findFirst().orElseThrow();
    }

    /** Waits until the process has printed this text to standard output or standard error. */
    public Command printing(String text, Duration patience) {
        try {
            await(line).atMost(patience).pollInterval(Duration.ofMillis(50)).until(() -> {
                if (!process.isAlive() && !contains(text)) {
                    throw new AssertionError(line + " ended with " + process.exitValue() + ":\n" + out + err);
                }
                return contains(text);
            });
        } catch (ConditionTimeoutException silent) {
            throw new AssertionError(line + " has not printed '" + text + "', but\n" + out + err, silent);
        }
        return this;
    }

    private boolean contains(String text) {
        return out.indexOf(text) >= 0 || err.indexOf(text) >= 0;
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for the end of the process and of its output, and returns the exit code. */
    public int exit() throws InterruptedException {
        return exit(Duration.ofSeconds(60));
    }

    public int exit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(line + " is still running:\n" + out + err);
        }
        outReader.join();
        errReader.join();
        return process.exitValue();
    }

    /** Ends what it has started too, which would outlive it in a container. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
