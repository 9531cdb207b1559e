package dev.busbar.buildbot;

import static dev.busbar.buildbot.BuildbotContract.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.launch.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;

/** One of the two, as Debian has it. */
final class BuildbotMaster {

    private final Example example;
    private final String name;
    private Command process;
    private int read;

    /** @param name that of its folder */
    BuildbotMaster(Example example, String name) {
        this.example = example;
        this.name = name;
    }

    void create() throws IOException, InterruptedException {
        example.run(Example.line("buildbot create-master ", "/" + name));
    }

    /** Does not wait until it runs. */
    void start() throws IOException {
        read = log().length();
        process = example.start(Example.line("buildbot start ", "/" + name));
    }

    void awaitRunning() {
        awaitSaid("BuildMaster is running");
        awaitSaid("Wamp connection succeed!");
    }

    /** Since it was started. */
    void awaitSaid(String text) {
        await(name + ": " + text).atMost(PATIENCE).until(() -> said().contains(text));
    }

    /** Since it was started. @param event its routing key */
    int heard(String event) {
        return (int)
                said().lines().filter(line -> line.endsWith(" heard " + event)).count();
    }

    private String said() {
        return log().substring(read);
    }

    private String log() {
        var file = example.folder().resolve(name).resolve("twistd.log");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it is in the database. */
    void tellChange(String revision) throws IOException, InterruptedException {
        example.run(Example.line("buildbot sendchange ", "")
                .replace("$LISTEN_A", "$LISTEN_" + name.toUpperCase(Locale.ROOT))
                .replace(" -r 1 ", " -r " + revision + " "));
    }

    /** Cleanly. @param signal TERM is {@code buildbot stop}, INT is Ctrl-C */
    void stop(String signal) throws IOException, InterruptedException {
        process.signal(signal);
        assertThat(process.exit()).as(said()).isIn(0, 128 + 2);
    }

    void kill() throws IOException, InterruptedException {
        process.signal("KILL");
        process.exit();
    }

    boolean isRunning() {
        return process.isRunning();
    }
}
