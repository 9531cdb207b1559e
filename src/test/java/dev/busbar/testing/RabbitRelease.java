package dev.busbar.testing;

import static java.util.function.Predicate.not;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of RabbitMQ releases that tests run against. Most tests take the {@link #chosen} one; a test of what only some
 * releases have says so with {@link OnRabbit}.
 */
public enum RabbitRelease {
    V3("3", "a RabbitMQ 3 (Debian bookworm has 3.10 in the package rabbitmq-server)") {
        @Override
        boolean includes(int major, int minor) {
            return major == 3;
        }
    },
    V4_0("4.0", "a RabbitMQ 4.0 or 4.1 (.ci/install brings 4.0 from Debian trixie)") {
        @Override
        boolean includes(int major, int minor) {
            return major == 4 && minor < 2;
        }
    },
    V4("4", "a RabbitMQ 4.2 or later (.ci/install brings 4.3 from Debian sid)") {
        @Override
        boolean includes(int major, int minor) {
            return major > 4 || (major == 4 && minor >= 2);
        }
    };

    /** Which release the tests of this JVM take that do not say: 3, 4.0 or 4. */
    private static final String PROPERTY = "busbar.rabbitmq";

    private static final Pattern FOLDER = Pattern.compile("rabbitmq_server-((\\d+)\\.(\\d+)[^/]*)");

    private final String label;
    private final String description;

    RabbitRelease(String label, String description) {
        this.label = label;
        this.description = description;
    }

    abstract boolean includes(int major, int minor);

    /** The release that the system property {@code busbar.rabbitmq} names; without it the newest that is installed. */
    public static RabbitRelease chosen() {
        String asked = System.getProperty(PROPERTY, "");
        if (!asked.isEmpty()) {
            return Arrays.stream(values())
                    .filter(release -> release.label.equals(asked))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException(PROPERTY + "=" + asked + ": there are 3, 4.0 and 4"));
        }
        return Stream.of(V4, V4_0, V3)
                .filter(release -> release.server().path().isPresent())
                .findFirst()
                .orElse(V4);
    }

    public boolean isAtLeast(RabbitRelease other) {
        return compareTo(other) >= 0;
    }

    /** The start script: the real one, as Debian's wrapper insists on a user of its own. */
    public Requirement server() {
        return new Requirement(
                installations()
                        .filter(found -> includes(found.major, found.minor))
                        .max(Comparator.comparingInt(found -> found.major * 1_000 + found.minor))
                        .map(Installation::script),
                "there is no " + description);
    }

    /** The exact version, such as 4.3.6; empty if this release is not installed. */
    public Optional<String> version() {
        return server().path().flatMap(RabbitRelease::inspect).map(Installation::version);
    }

    private record Installation(Path script, String version, int major, int minor) {}

    private static Stream<Installation> installations() {
        Path cache = Path.of(Optional.ofNullable(System.getenv("BUSBAR_CACHE")).orElse("/var/cache/busbar"));
        Stream<Path> fetched = Stream.of("sid", "trixie")
                .map(suite -> cache.resolve(suite).resolve("bin-outside").resolve("rabbitmq-server"));
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "rabbitmq-server"));
        return Stream.of(Stream.of(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server")), fetched, onPath)
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .filter(not(script -> real(script).endsWith("rabbitmq-script-wrapper")))
                .flatMap(script -> inspect(script).stream());
    }

    /**
     * Reads the version off the folder that RabbitMQ is unpacked in; a script that runs inside another root has it
     * there.
     */
    private static Optional<Installation> inspect(Path script) {
        Path folder = script.getParent();
        Stream<String> candidates = folder.endsWith("bin-outside")
                ? names(folder.resolveSibling("usr/lib/rabbitmq/lib"))
                : Stream.of(real(script).toString());
        return candidates
                .map(FOLDER::matcher)
                .filter(Matcher::find)
                .map(found -> new Installation(
                        folder.endsWith("bin-outside") ? script : real(script),
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                .findFirst();
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(files.map(file -> file.getFileName().toString()).toList()).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
