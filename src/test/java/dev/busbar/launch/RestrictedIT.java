package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packed jar in restricted environments: with full or read-only disks, and for a user without a home. */
@Timeout(300)
class RestrictedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** More bytes than the small disk holds. */
    private static final int MANY = 200;

    private static final Path JAR = Path.of("target/busbar.jar").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path unshare;
    private Path store;
    private Path config;
    private int port;
    private int management;

    @BeforeEach
    void configure() throws IOException {
        unshare = Requirement.fileSystems().orSkip();
        store = Files.createDirectories(folder.resolve("store"));
        port = FreePort.next();
        management = FreePort.next();
        config = Files.writeString(folder.resolve("busbar.yaml"), """
                broker: {embedded: {port: %d, store: "%s"}}
                routes:
                  - name: builds
                    from: {filter: "builds.#", queue: {name: builds, life: persistent}}
                    to: {address: builds, delivery: send}
                management: {port: %d}
                """.formatted(port, store, management));
    }

    /** @param mounts commands that change the file systems of this process's own mount namespace */
    private Command run(String mounts, String options) throws IOException {
        return Command.start(
                unshare + " --map-root-user --mount sh -c '" + mounts + " && exec " + java(options) + "'", shell -> {
                    shell.environment().remove("HOME");
                    shell.environment().remove("USER");
                });
    }

    private String java(String options) {
        return "java " + options + " -jar " + JAR + " run --config " + config;
    }

    @Slow
    @Test
    void aUserWithoutHomeOnAReadOnlyDiskWithAFolderForTemporaryFiles() throws Exception {
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        try (var run = run(
                "mount -t tmpfs tmpfs " + temporary + " && mount -t tmpfs tmpfs " + store
                        + " && mount -o remount,bind,ro / && cd /",
                "-Duser.home=/nonexistent -Djava.io.tmpdir=" + temporary)) {
            run.printing("Ctrl-C stops it.", PATIENCE);

            try (var connection = connect();
                    var channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish("busbar", "builds.1", MessageProperties.PERSISTENT_BASIC, new byte[10]);
                channel.waitForConfirmsOrDie(30_000);
            }
            assertThat(health().statusCode()).isEqualTo(200);
            run.signal("TERM");
            assertThat(run.exit()).isZero();
            assertThat(run.err()).doesNotContain("Exception", "ERROR");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aStoreOnADiskThatCannotBeWrittenToIsNamed() throws Exception {
        try (var run = run("mount -o remount,bind,ro /", "")) {
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err())
                    .contains("the store folder " + store.toRealPath() + " is not writable", "broker.embedded.store")
                    .doesNotContain("\tat ");
        }
    }

    /** Imitates a store that another user has used before. */
    @Test
    void whatMayNotBeWrittenToInAStoreIsNamed() throws Exception {
        var definitions = Files.createDirectories(store.resolve("definitions"));
        try (var run = run("mount -t tmpfs -o ro tmpfs " + definitions, "")) {
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err())
                    .contains("may not write to " + definitions.toRealPath(), "Give this user the right")
                    .contains("broker.embedded.store");
        }
    }

    @Test
    void aDiskThatIsReadOnlyAsAWholeIsNamedWithWhatToDo() throws Exception {
        try (var run =
                run("mount -t tmpfs tmpfs " + store + " && mount -o remount,bind,ro /", "-Djava.io.tmpdir=" + folder)) {
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err())
                    .contains("the folder for temporary files, " + folder, "-Djava.io.tmpdir")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStoreOnADiskThatIsFullIsNamed() throws Exception {
        try (var run = run("mount -t tmpfs -o size=256k tmpfs " + store, "")) {
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains(store.toString(), "No space left", "broker.embedded.store");
        }
    }

    /** Broker-J's store fails then; confirmed messages are available again after a start with free space. */
    @Slow
    @Test
    void aDiskThatFillsUpEndsItInWordsAndLosesNothingThatWasConfirmed() throws Exception {
        var small = "mount -t tmpfs -o size=24m tmpfs " + store + "; (" + java("") + "); echo ended with $?"
                + "; mount -o remount,size=200m tmpfs " + store;
        try (var run = run(small, "")) {
            run.printing("Ctrl-C stops it.", PATIENCE);
            var confirmed = 0;
            try (var connection = connect();
                    var channel = connection.createChannel()) {
                channel.queueDeclare("kept", true, false, false, null);
                channel.confirmSelect();
                while (confirmed < MANY && isConfirmed(channel)) {
                    confirmed++;
                }
                connection.abort(1_000);
            } catch (ShutdownSignalException | IOException gone) {
                // The broker has stopped.
            }
            assertThat(confirmed).isBetween(1, MANY - 1);
            run.printing("ended with 3", PATIENCE);
            assertThat(run.err()).contains("the embedded broker has failed", "broker.embedded.store");

            await().atMost(PATIENCE).until(() -> run.out().split("Ctrl-C stops it", -1).length == 3);
            try (var connection = connect();
                    var channel = connection.createChannel()) {
                var kept = 0;
                while (channel.basicGet("kept", true) != null) {
                    kept++;
                }
                // The confirmation of the last message was not awaited.
                assertThat(kept).isBetween(confirmed, confirmed + 1);
            }
        }
    }

    private static boolean isConfirmed(Channel channel) throws IOException, InterruptedException {
        channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[200_000]);
        try {
            return channel.waitForConfirms(10_000);
        } catch (TimeoutException held) {
            return false;
        }
    }

    private Connection connect() throws Exception {
        var factory = new ConnectionFactory();
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private HttpResponse<String> health() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
