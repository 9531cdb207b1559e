package dev.busbar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.launch.Command;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as {@code conf/container/Containerfile} describes it, built in a folder and run without an engine: by a
 * user without a name, and with all read-only but its volumes.
 */
@Slow
@ExtendWith(RabbitExtension.class)
@Timeout(300)
class ContainerfileIT {

    /** Far more than it takes; a machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private static final Containerfile FILE = Containerfile.read();
    private static final String USER = FILE.only("USER").text();
    private static final List<String> VOLUMES = FILE.only("VOLUME").words();

    @TempDir
    private static Path folder;

    private static ImageRoot image;

    @BeforeAll
    static void build() throws Exception {
        image = new ImageRoot(folder.resolve("root"));
        var sent = Containerfile.sent();
        var directory = "/";
        for (var instruction : FILE.instructions()) {
            switch (instruction.keyword()) {
                case "WORKDIR" -> {
                    directory = instruction.text();
                    readable(Files.createDirectories(image.resolve(directory)), "rwxr-xr-x");
                }
                case "COPY" -> {
                    var source = instruction.copied().get(0);
                    var target =
                            image.resolve(directory + "/" + instruction.copied().get(1));
                    assertThat(sent).contains(source);
                    readable(Files.copy(Path.of(source), target, StandardCopyOption.COPY_ATTRIBUTES), "rw-r--r--");
                }
                case "RUN" -> {
                    try (var run = image.build(directory, instruction.text())) {
                        assertThat(run.exit(PATIENCE)).as(run.out() + run.err()).isZero();
                    }
                }
                default -> {
                    // Of the container, or of the base, for which this machine stands in.
                }
            }
        }
    }

    /** Whatever the umask. */
    private static Path readable(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void bridgesStaysHealthyAndStopsCleanly(RabbitNode node) throws Exception {
        node.addVirtualHost("image");
        var management = FreePort.next();
        var config = readable(Files.createDirectories(folder.resolve("etc")), "rwxr-xr-x");
        readable(Files.writeString(config.resolve("busbar.yaml"), """
                broker: {uri: "${BROKER}"}
                routes:
                  - {name: in, from: {filter: in.now}, to: {address: x, delivery: publish}}
                  - {name: out, from: {address: x}, to: {key: out.now}}
                management: {port: %d}
                """.formatted(management)), "rw-r--r--");
        var variables = List.of(
                "BROKER=" + node.amqpUri("guest", "guest", "image"),
                "JDK_JAVA_OPTIONS=-Xlog:class+load:file=/tmp/classes.log");

        try (var container = image.run(USER, VOLUMES, config, variables, FILE.command())) {
            container.printing("Ctrl-C stops it.", PATIENCE);
            var process = Path.of("/proc", Long.toString(container.child().pid()));

            assertBridges(node.amqpUri("guest", "guest", "image"));
            assertThat(Files.readAllLines(process.resolve("status")))
                    .contains("NSpid:\t" + container.child().pid() + "\t1", "CapEff:\t0000000000000000")
                    .anyMatch(line -> line.matches("Uid:(\t%s){4}".formatted(USER.split(":")[0])));
            assertArchiveIsUsed(Files.readAllLines(process.resolve("root/tmp/classes.log")));
            assertHealthy(container, variables);

            var stopping = System.nanoTime();
            container.child().destroy();
            assertThat(container.exit()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(LONGEST_STOP);
            assertThat(container.out()).endsWith("stopped\n");
            assertThat(container.err()).doesNotContain("ERROR", "Exception", "denied", "ead-only");
        }
    }

    /** As it is, without a network. */
    @Test
    void runsWithoutAnythingMounted() throws Exception {
        var variables = List.of("BUSBAR_STORE=/var/lib/busbar");
        try (var container = image.run(USER, VOLUMES, null, variables, FILE.command())) {
            container.printing("Ctrl-C stops it.", PATIENCE);

            assertThat(container.out()).contains("keeps messages in /var/lib/busbar");
            assertHealthy(container, variables);
            container.child().destroy();
            assertThat(container.exit()).isZero();
            assertThat(container.err()).doesNotContain("ERROR", "Exception", "denied", "ead-only");
        }
    }

    @Test
    void writesNowhereButIntoItsVolumes() throws Exception {
        var paths = "/ /opt/busbar /opt/busbar/busbar.jar /etc/busbar /usr /proc/1/root " + String.join(" ", VOLUMES);
        var shell = List.of("sh", "-c", "for path in " + paths + "; do test -w $path && echo $path; done; true");

        try (var container = image.run(USER, VOLUMES, null, List.of(), shell)) {
            assertThat(container.exit()).isZero();
            assertThat(container.out().lines()).containsExactlyElementsOf(VOLUMES);
        }
    }

    /** Whatever a failed test leaves running; the kernel forgets to, once a process has become another user's. */
    @Test
    void containersEndWithTheirTest() throws Exception {
        ProcessHandle first;
        try (var container = image.run(USER, VOLUMES, null, List.of(), List.of("sh", "-c", "echo up; sleep 1000"))) {
            container.printing("up", PATIENCE);
            first = container.child();
        }

        assertThat(first.onExit()).succeedsWithin(PATIENCE);
    }

    private static void assertHealthy(Command container, List<String> variables) throws Exception {
        var check = FILE.only("HEALTHCHECK").words();
        try (var healthy = image.enter(container, USER, variables, check)) {
            assertThat(healthy.exit()).as(healthy.err()).isZero();
            assertThat(healthy.out()).isEqualTo("alive\n");
        }
    }

    private static void assertArchiveIsUsed(List<String> loaded) {
        var ours = loaded.stream().filter(line -> line.contains(" dev.busbar.")).toList();
        assertThat(ours).hasSizeGreaterThan(100);
        var archived = ours.stream()
                .filter(line -> line.contains("shared objects file (top)"))
                .count();
        assertThat(archived).as("of %d", ours.size()).isGreaterThan(ours.size() * 9L / 10);
    }

    private static void assertBridges(String uri) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(uri);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            var queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "busbar", "out.now");
            channel.basicPublish("busbar", "in.now", null, "17".getBytes(StandardCharsets.UTF_8));
            var back = Awaitility.await().atMost(PATIENCE).until(() -> channel.basicGet(queue, true), Objects::nonNull);
            assertThat(back.getBody()).asString().isEqualTo("17");
        }
    }
}
