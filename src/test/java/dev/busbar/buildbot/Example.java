package dev.busbar.buildbot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import dev.busbar.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of {@code conf/buildbot/README.md}, as they stand there, with free ports and a folder of its own. */
final class Example {

    private static final Path README = Path.of("conf/buildbot/README.md");
    private static final Pattern EXPORT = Pattern.compile("(?m)^    export (.*)$");

    private final Path folder;
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final List<Command> started = new CopyOnWriteArrayList<>();

    /** @param programs looked into first for the commands of the page */
    Example(Path folder, Path programs) throws IOException {
        this.folder = folder;
        environment.put("PATH", programs + File.pathSeparator + System.getenv("PATH"));
        environment.put("BUSBAR_LISTEN_WEB", freePort());
        environment.put("BUSBAR_LISTEN_MANAGEMENT", freePort());
        EXPORT.matcher(Files.readString(README))
                .results()
                .flatMap(line -> Stream.of(line.group(1).split(" ")))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> environment.put(setting[0], here(setting[1])));
        environment.put("DIR", folder.toString());
    }

    private String here(String value) {
        return value.matches("\\d+")
                ? freePort()
                : value.replace("$LISTEN_DATABASE", environment.getOrDefault("LISTEN_DATABASE", ""))
                        .replace(":8080", ":" + environment.get("BUSBAR_LISTEN_WEB"));
    }

    private static String freePort() {
        return Integer.toString(FreePort.next());
    }

    Path folder() {
        return folder;
    }

    String get(String variable) {
        return environment.get(variable);
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** The only command of the page that begins so, and ends so. */
    static String line(String start, String end) throws IOException {
        var lines = Files.readString(README)
                .lines()
                .filter(line -> line.startsWith("    " + start) && line.endsWith(end))
                .map(String::strip)
                .toList();
        assertThat(lines).as("%s: %s … %s", README, start, end).hasSize(1);
        return lines.get(0);
    }

    Command start(String line) throws IOException {
        var command = Command.start(line, shell -> shell.environment().putAll(environment));
        started.add(command);
        return command;
    }

    /** To its end, which is to be a good one; what it printed. */
    String run(String line) throws IOException, InterruptedException {
        try (var command = start(line)) {
            assertThat(command.exit())
                    .as("%s\n%s%s", line, command.out(), command.err())
                    .isZero();
            return command.out();
        }
    }

    /** Kills all that has been started and is running. */
    void stop() throws IOException, InterruptedException {
        for (var command : List.copyOf(started)) {
            if (command.isRunning()) {
                command.signal("KILL");
                command.exit();
            }
        }
    }
}
