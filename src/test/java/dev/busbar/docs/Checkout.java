package dev.busbar.docs;

import dev.busbar.launch.Command;
import dev.busbar.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A folder like the one in which Busbar was built, for the commands of the pages: with the configurations, which have
 * ports of its own in place of the usual ones. The jar is the one that has been built.
 */
final class Checkout {

    private static final String JAR = "target/busbar.jar";

    private static final Pattern PORT = Pattern.compile("(?<!\\d)(5672|8080|8081)(?!\\d)");

    /** The brokers of the examples; 127.0.0.1 is the embedded one. */
    private static final Pattern BROKER =
            Pattern.compile("amqp://(?:user:password@)?(?:localhost|host|rabbit)(?::5672)?(?:/vhost)?");

    private final Path folder;
    private final String broker;
    private final Map<String, String> ports = Map.of(
            "5672", Integer.toString(FreePort.next()),
            "8080", Integer.toString(FreePort.next()),
            "8081", Integer.toString(FreePort.next()));

    /** @param broker what stands in for the brokers of the examples */
    Checkout(Path folder, String broker) throws IOException {
        this.folder = folder;
        this.broker = broker;
        Files.copy(Path.of("pom.xml"), folder.resolve("pom.xml"));
        try (var files = Files.list(Path.of("conf"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy(file);
            }
        }
        // curl fails as it fails for a person: with a line that says so.
        Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nfail\n");
    }

    private void copy(Path file) throws IOException {
        var copy = folder.resolve(file.toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(
                copy,
                here(Files.readString(file))
                        .replace("cluster: {enabled: false}", "cluster: {port: " + FreePort.next() + "}"));
    }

    /** As an example is to be here: with the broker and the ports of the test. */
    String here(String text) {
        var withBroker = BROKER.matcher(text).replaceAll(broker.replace("$", "\\$"));
        return PORT.matcher(withBroker).replaceAll(port -> ports.get(port.group()));
    }

    String port(String usual) {
        return ports.get(usual);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** As pasted into a shell in this folder. */
    Command start(String line) throws IOException {
        var assignments = Pattern.compile("^(?:[A-Z_]+=\\S+ )*").matcher(line);
        assignments.find();
        var command = "env " + assignments.group() + line.substring(assignments.end());
        return Command.start(
                here(command).replace(JAR, Path.of(JAR).toAbsolutePath().toString()), shell -> {
                    shell.directory(folder.toFile());
                    shell.environment().put("CURL_HOME", folder.toString());
                    shell.environment()
                            .put(
                                    "PATH",
                                    System.getProperty("java.home") + "/bin" + File.pathSeparator
                                            + System.getenv("PATH"));
                    shell.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m");
                });
    }
}
