package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.busbar.testing.FreePort;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packed jar as README.md and its banner say. */
@Timeout(300)
class RunnableJarIT {

    private static final String BUSBAR = "java -jar target/busbar.jar ";

    /** Much longer than needed, because the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Path config;
    private int port;

    @BeforeEach
    void takeFreePorts() throws IOException {
        port = FreePort.next();
        config = Files.writeString(
                folder.resolve("busbar.yaml"),
                Files.readString(Configurations.DEFAULT)
                        .replace("port: 5672", "port: " + port)
                        .replace("port: 8080", "port: 0")
                        .replace("port: 8081", "port: 0"));
    }

    @Test
    void whatTheBannerSaysToTryWorksAndIsInTheReadme() throws Exception {
        try (var run = up(Command.start(BUSBAR + "run --config " + config))) {
            var tries = tries(run);
            assertThat(Files.readString(Path.of("README.md")).lines().map(String::strip))
                    .containsAll(tries.stream().map(this::asInReadme).toList());

            try (var tail = Command.start(starting(tries, "tail ") + " --count 1")) {
                tail.printing("listening for builds.#", PATIENCE);
                try (var publish = Command.start(starting(tries, "publish "))) {
                    assertThat(publish.exit()).as(publish.err()).isZero();
                    assertThat(publish.out()).isEqualTo("confirmed: builds.17.finished to exchange 'busbar'\n");
                }
                assertThat(tail.exit()).isZero();
                assertThat(tail.out()).containsPattern("  builds\\.17\\.finished  \\{\"id\": 17}\n$");
            }

            var ready = get(starting(tries, "curl ").replace("curl ", ""));
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"id\":\"builds\"", "\"id\":\"changes\"", "READY");
            var metrics = get(ready.uri().resolve("/metrics").toString());
            assertThat(metrics.body())
                    .contains(
                            "busbar_route_received_total{direction=\"inbound\",route=\"builds\"}",
                            "busbar_connection_up{connection=\"consuming\"} 1.0",
                            "busbar_browsers_sockets 0.0");
        }
    }

    /** In the jar, Broker-J reports the jar's name as its product name. */
    @Slow
    @Test
    void itsBrokerIsKnownOverTheOtherProtocolToo() throws Exception {
        // Over AMQP 1.0 Broker-J accepts persistent messages only with a store on disk.
        Files.writeString(config, """
                broker: {embedded: {port: %d, store: "%s"}}
                management: {enabled: false}
                """.formatted(port, folder.resolve("store")));
        var uri = "--uri amqp10://guest:guest@127.0.0.1:" + port;
        try (var run = up(Command.start(BUSBAR + "run --config " + config));
                var tail = Command.start(BUSBAR + "tail " + uri + " 'builds.#' --count 1")) {
            tail.printing("listening for builds.#", PATIENCE);
            try (var publish = Command.start(BUSBAR + "publish " + uri + " builds.17.finished '{\"id\":17}'")) {
                assertThat(publish.exit()).as(publish.err()).isZero();
            }
            assertThat(tail.exit()).isZero();
            assertThat(tail.out()).contains("builds.17.finished  {\"id\":17}");
            assertThat(run.err()).isEmpty();
        }
    }

    @Slow
    @Test
    void whatItsMemoryRefusesOverTheOtherProtocolGoesAsTransient() throws Exception {
        var to = "--uri amqp10://guest:guest@127.0.0.1:" + port + " builds.17.finished '{\"id\":17}'";
        try (var run = up(Command.start(BUSBAR + "run --config " + config));
                var refused = Command.start(BUSBAR + "publish " + to);
                var taken = Command.start(BUSBAR + "publish --transient " + to)) {
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("takes no persistent messages").doesNotContain("queue may be full");
            assertThat(taken.exit()).as(taken.err()).isZero();
            assertThat(run.out()).contains("keeps messages in memory");
        }
    }

    @Test
    void anotherClientsMessageIsShown() throws Exception {
        Requirement.command("amqp-publish", "amqp-tools").orSkip();
        try (var run = up(Command.start(BUSBAR + "run --show --config " + config));
                var client = Command.start(starting(tries(run), "amqp-publish"))) {
            assertThat(client.exit()).as(client.err()).isZero();

            run.printing("builds.17.finished  {\"id\":17}", PATIENCE);
        }
    }

    @Test
    void sigtermStopsItCleanlyAndReleasesThePort() throws Exception {
        try (var run = up(Command.start(BUSBAR + "run --config " + config))) {
            run.signal("TERM");

            assertThat(run.exit()).isZero();
            assertThat(run.out()).endsWith("stopped\n");
            assertThat(run.err()).doesNotContain("Exception");
            assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
                    .doesNotThrowAnyException();
        }
    }

    @Slow
    @Test
    void aTakenPortIsSaidAndAnotherUsedWhichTheDemoWorksOn() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var run = up(Command.start(BUSBAR + "run --demo --config " + config))) {
            assertThat(run.out()).contains("port " + taken.getLocalPort());
            assertThat(starting(tries(run), "tail "))
                    .contains("--uri amqp://guest:guest@127.0.0.1:")
                    .doesNotContain(":" + taken.getLocalPort());

            run.printing(".finished  {\"buildid\":", PATIENCE);

            try (var tail = Command.start(starting(tries(run), "tail ") + " -n 5")) {
                assertThat(tail.exit()).as(tail.err()).isZero();
                assertThat(tail.out().lines()).hasSize(5).allMatch(line -> line.contains("  builds."));
            }
        }
    }

    @Test
    void tailIsInterruptedByCtrlC() throws Exception {
        try (var run = up(Command.start(BUSBAR + "run --config " + config));
                var tail = Command.start(starting(tries(run), "tail "))) {
            tail.printing("listening for builds.#", PATIENCE).signal("INT");

            assertThat(tail.exit()).isEqualTo(130);
        }
    }

    @Test
    void aMessageThatNobodyTakesIsAFailure() throws Exception {
        try (var run = up(Command.start(BUSBAR + "run --config " + config));
                var publish = Command.start(starting(tries(run), "publish ").replace("builds.17.finished", "nobody"))) {
            assertThat(publish.exit()).isEqualTo(1);
            assertThat(publish.err())
                    .contains("no queue takes the key 'nobody'")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aBadConfigurationEndsWithTwoAndEveryProblem() throws Exception {
        Files.writeString(config, "broker: {uri: nowhere}\nmanagement: {port: many}\n");
        try (var run = Command.start(BUSBAR + "run --config " + config)) {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("2 problems", "broker.uri = nowhere", "management.port = many");
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void aBrokerThatCannotBeReachedEndsWithThreeAndItsPlace() throws Exception {
        Files.writeString(config, """
                broker: {uri: "amqp://127.0.0.1:1", startTimeout: 2s}
                routes: [{name: out, from: {address: out}, to: {key: out}}]
                management: {port: 0}
                """);
        try (var run = Command.start(BUSBAR + "run --config " + config)) {
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err())
                    .contains("cannot reach a broker at 127.0.0.1:1")
                    .doesNotContain("\tat ");
        }
    }

    private static Command up(Command run) {
        return run.printing("Ctrl-C stops it.", PATIENCE);
    }

    /** Returns the commands that the banner suggests. */
    private static List<String> tries(Command run) {
        return run.out()
                .lines()
                .dropWhile(line -> !line.startsWith("Try, "))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    private static String starting(List<String> tries, String command) {
        return tries.stream()
                .filter(line -> line.startsWith(command) || line.startsWith(BUSBAR + command))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + command + "' in " + tries));
    }

    /** Replaces the ports of this test by those of the shipped configuration. */
    private String asInReadme(String line) {
        return line.replace(" --config " + config, "")
                .replace(":" + port, ":5672")
                .replaceFirst("http://127.0.0.1:\\d+", "http://127.0.0.1:8081");
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
