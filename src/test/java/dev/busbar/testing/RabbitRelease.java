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
        return new Requirement(newest().map(Installation::script), "there is no " + description);
    }

    /** The exact version, such as 4.3.6; empty if this release is not installed. */
    public Optional<String> version() {
        return newest().map(Installation::version);
    }

    private Optional<Installation> newest() {
        return installations()
                .filter(found -> includes(found.major, found.minor))
                .max(Comparator.comparingInt(found -> found.major * 1_000 + found.minor));
    }

    private record Installation(Path script, String version, int major, int minor) {

        /** Reads the version off the path of the folder that RabbitMQ is unpacked in. */
        static Stream<Installation> of(Path script, Path unpacked) {
            Matcher found = FOLDER.matcher(unpacked.toString());
            return found.find()
                    ? Stream.of(new Installation(
                            script, found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3))))
                    : Stream.empty();
        }
    }

    private static Stream<Installation> installations() {
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "rabbitmq-server"));
        Stream<Installation> here = Stream.concat(Stream.of(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server")), onPath)
                .filter(Files::isExecutable)
                .map(RabbitRelease::real)
                .filter(not(script -> script.endsWith("rabbitmq-script-wrapper")))
                .flatMap(script -> Installation.of(script, script));
        return Stream.concat(here, Arrays.stream(DebianSuite.values()).flatMap(RabbitRelease::inside));
    }

    private static Stream<Installation> inside(DebianSuite suite) {
        return suite.program("rabbitmq-server").path().stream()
                .flatMap(script -> folders(suite.root().resolve("usr/lib/rabbitmq/lib")).stream()
                        .flatMap(folder -> Installation.of(script, folder)));
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        } catch (IOException e) {
            return List.of();
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
