package dev.busbar.faults;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link SmallHeapBridge} seen from outside. It ends at the first error of memory, and with this. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final Path log;

    /** Returns when its routes work. */
    ChildJvm(Path folder, int heapMiB, int directMiB, JsonObject config) throws IOException {
        var file = Files.writeString(folder.resolve("busbar.json"), config.encode());
        log = folder.resolve("child.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMiB + "m",
                        "-XX:MaxDirectMemorySize=" + directMiB + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapBridge.class.getName(),
                        file.toString())
                .redirectError(log.toFile())
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answer();
    }

    JsonObject ask(String command) throws IOException {
        return new JsonObject(say(command));
    }

    String say(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new AssertionError("the bridge has ended with " + exit() + ": " + Files.readString(log));
        }
        return line;
    }

    /** Its code, when it has been told to end or ends by itself. */
    private int exit() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exit();
    }
}
